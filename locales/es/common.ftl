# Frases que cualquier función puede necesitar. Cada plataforma dibuja valores como
# { $member }; **dos asteriscos** ponen las palabras en negrita.

failed = Algo salió mal aquí, y no es cosa tuya. No se cambió nada. Si vuelve a pasar, da este número a la administración: { $id }.
slow = Esto tarda más de lo normal, pero sigue en marcha. Vuelve a mirar en un minuto; el número es { $id }.
unstored = Ahora mismo no se puede guardar nada, así que esto no se guardó. Quien mantiene Laurel tiene que hacer sitio; inténtalo más tarde, por favor.
busy = Ahora mismo hay tanto movimiento que esto no se pudo guardar con seguridad. No se cambió nada; inténtalo de nuevo en un minuto, por favor.
unknown-button = Este botón es de otro momento y ya no hace nada. El comando del que salió sigue funcionando.
draft-gone = Este borrador ya no está: se terminó, se descartó o pasó un día. Empieza de nuevo, por favor.
only-people = Esto es para personas; una aplicación no puede usarlo.
only-moderator = Esto es para moderación. Si crees que deberías formar parte, habla con la administración.
only-admin = Esto es para administración. Si algo debería cambiar, díselo.
yes = Sí
no = No
# Junto al propio lugar de quien lee, en una lista.
you = tú

answer-missing = Completa esto, por favor.
answer-blank = Escribe algo que se pueda leer, por favor.
answer-short =
    { $least ->
        [one] Escribe al menos un carácter, por favor.
       *[other] Escribe al menos { $least } caracteres, por favor; de momento van { $count }.
    }
answer-long = Que no pase de { $most } caracteres, por favor; ahora tiene { $count }.
answer-range = Elige un número del { $least } al { $most }, por favor.
answer-unknown = Esta no es una de las opciones. Elige una de la lista, por favor.
answer-duration = Escribe una duración, por favor, por ejemplo 2 h 30 min.
answer-file = Este archivo es demasiado grande. Puede tener { $most } kB como máximo.
answer-people =
    { $most ->
        [one] Elige a una persona, por favor.
       *[other] Elige a { $most } personas como máximo, por favor.
    }
answer-kind = Esto no se pudo leer. Complétalo de nuevo, por favor.

sheet-change = Cambiar…
sheet-save = Guardar
sheet-cancel = Cancelar
sheet-unsaved =
    { $count ->
        [0] Todavía no hay ningún cambio.
        [one] Hay un cambio sin guardar.
       *[other] Hay { $count } cambios sin guardar.
    }

zone-now = { $zone }, ahora { $time }
refused-zone = «{ $zone }» no es una zona horaria que Laurel conozca. Elige una de la lista, por favor, o nombra una ciudad grande que esté en ella.
refused-zone-near = «{ $zone }» no es una zona horaria que Laurel conozca. La más parecida es { $nearest }.
refused-quiet-half = Las horas de silencio necesitan un principio y un final. Pon los dos, o deja los dos vacíos si no las quieres.
refused-quiet-same = Las horas de silencio no pueden acabar cuando empiezan. Elige otra hora para una de las dos.
