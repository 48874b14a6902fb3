# Lo que dicen todos los formularios, pregunten lo que pregunten.

title = Unas preguntas
send = Enviar
yes = Sí
no = No
date-hint = Primero el año, por ejemplo 2026-03-09
time-hint = Por ejemplo 9:30 o 21:15
duration-hint = Por ejemplo 45 min, 2 h 30 min o 3 días
file-hint = { $kilobytes } kB como máximo

## Junto a un campo

error-nobody = Elige a alguien de la lista.
error-no-channel = Elige un canal de la lista.
error-no-option = Elige una opción de la lista.
error-no-number = Indica un número entero.
error-no-date = Indica una fecha con el año primero, por ejemplo 2026-03-09.
error-no-time = Indica una hora del día, por ejemplo 9:30 o 21:15.
error-no-duration = Indica una duración, por ejemplo 45 min o 2 h 30 min.

## Alrededor de un formulario, y lo que se dice en su lugar

somebody = alguien
refused-at = **{ $question }**: { $reason }
edit-again = Editar de nuevo
form-ready = Falta completar un poco más.
open-form = Completarlo
unknown-form = Este formulario es de otra época, así que no cambió nada. Ábrelo de nuevo.
not-placed = Laurel no supo dónde va «{ $words }». Ponlo donde corresponda o déjalo fuera.
