# Resúmenes: a quién se agradeció qué en una semana o un mes.

last = El último resumen
    .title = El último resumen
    .help = Lee a quién se agradeció qué en el último resumen
preview = Ver el próximo resumen
    .title = Ver el resumen
    .help = Mira el próximo resumen tal como se publicaría ahora
    .period = Cuál
    .period-hint = El semanal, si no dices otra cosa
    .period-week = La semana
    .period-month = El mes
now = Publicar un resumen ya
    .title = Publicar un resumen
    .help = Publica un resumen ahora mismo, sin esperar a su hora
    .period = Cuál
    .period-hint = El semanal, si no dices otra cosa
    .period-week = La semana
    .period-month = El mes
opening = Palabras de apertura
    .title = Apertura
    .text = Cómo empieza
    .text-hint = Hasta 300 caracteres. Vacío: con las palabras de Laurel
word = Unas palabras de gracias
    .title = Palabras de gracias
    .text = Tus palabras de gracias
    .text-hint = Hasta 300 caracteres, al final. Vacío: ninguna
people = Dejar fuera a alguien
    .title = Dejar fuera a alguien
    .who = A quién
    .who-hint = No aparece en este resumen. No se avisa a nadie

# Lo que está en el calendario de todo el mundo.
ahead-week = La semana en agradecimientos
ahead-month = El mes en agradecimientos

# Lo próximo que vence, para quien adelanta el reloj del patio.
due-week = el borrador de la semana en agradecimientos
due-month = el borrador del mes en agradecimientos

title-week =
    { $count ->
        [one] Nuestra semana en agradecimientos
       *[other] { $count } semanas en agradecimientos
    }
title-month =
    { $count ->
        [one] Nuestro mes en agradecimientos
       *[other] { $count } meses en agradecimientos
    }
span = { $since } – { $until }
span-day = { $day }
opening-week = Algo de lo bueno que se ha visto: { $span }.
opening-month = Un mes de cosas buenas que alguien notó: { $span }.
summary =
    { $count ->
        [one] Se dio una vez las gracias, y cuenta.
       *[other] Se dieron las gracias { $count } veces: de { $givers } a { $receivers }.
    }
people-counted =
    { $count ->
        [one] una persona
       *[other] { $count } personas
    }
quiet-week = Ha sido una semana tranquila, y está bien así. Si alguien te la hizo un poco más fácil, le alegrará saberlo.
quiet-month = Ha sido un mes tranquilo, y está bien así. Si alguien te lo hizo un poco más fácil, le alegrará saberlo.
quiet-week-again = Otra semana tranquila, y también está bien. El próximo resumen llega cuando haya algo que contar.
quiet-month-again = Otro mes tranquilo, y también está bien. El próximo resumen llega cuando haya algo que contar.
in-own-words = { $words }
word-of-thanks = { $words }

highlight = Para { $receivers }
highlight-numbered = { $place } · Para { $receivers }
quoted = «{ $reason }»
said = { $giver }: { $words }
said-for = { $words } ({ $value })
first-time = Agradecimiento por primera vez
named = { $people }
others =
    { $count ->
        [one] una persona más
       *[other] { $count } más
    }
values = Por qué valores
value = { $value }: { $count }
coming = Lo que viene
upcoming = { $what }, { $at }
listed = { $items }
footer = Resumen { $number }. /recap last lo vuelve a mostrar.
thank = Dar las gracias
older = El anterior
page = Leerlo en una página

# En la imagen, cada uno debajo de su número.
figure-thanks =
    { $count ->
        [one] agradecimiento
       *[other] agradecimientos
    }
figure-givers =
    { $count ->
        [one] persona dio las gracias
       *[other] personas dieron las gracias
    }
figure-receivers =
    { $count ->
        [one] persona las recibió
       *[other] personas las recibieron
    }
highlights = Una parte
picture = { $title }, { $span }, en una imagen. { $summary } Entre quienes recibieron las gracias: { $people }.

# Lo que ven los moderadores de un borrador.
draft = Borrador: { $title }
    .body = Se publica en { $wall } { $at }, tal como está aquí. Lo que se agradezca hasta entonces también cuenta, y ocupa lo que quede libre.
    .rests = Nadie recibió las gracias, como en los dos anteriores. Por eso no se publica nada en { $wall } { $at }, salvo que hasta entonces alguien dé las gracias o tú escribas algo aquí. Mientras siga tranquilo, no verás más borradores.
    .posted = Publicado en { $wall }. Es el resumen { $number }.
    .skipped = Este resumen se salta. El siguiente cuenta lo que venga después.
    .rested = No se publicó nada, porque no había nada que contar. El próximo resumen llega cuando lo haya.
    .withdrawn = Este resumen no sale: se desactivaron los resúmenes, o no hay muro.
post-now = Publicar ya
skip-this = Saltarse este
change-it = Cambiar …
change-opening = Cambiar las palabras de apertura
change-word = Añadir o cambiar unas palabras de gracias
change-people = Dejar fuera a alguien
leave-out = Quitar el { $place }
move-up = Subir el { $place }
begin-anew = Elegir de nuevo, sin dejar fuera a nadie

# Una serie a partir de los resúmenes, con el permiso de quien aparece.
series-week = Protagonista de la semana n.º { $number }
series-month = Protagonista del mes n.º { $number }
series-ask-week = ¿Quieres ser protagonista de la semana?
series-ask-month = ¿Quieres ser protagonista del mes?
series-consent = Alguien dijo esto de ti, y los moderadores querrían mostrarlo a todo el mundo en el próximo resumen. Tú decides: sin un sí no se muestra nada, y nadie sabe qué respondiste.
series-yes = Gracias. Aparecerás en el resumen.
series-no = Está bien, y nadie se entera. No se muestra nada.
agree = Sí, con gusto
decline = Mejor no
ask-week = Proponer el { $place } como protagonista
ask-month = Proponer el { $place } como protagonista
asked = Preguntado. Con un sí aparece en el resumen; sin él no se muestra nada.
# Sin respuesta y no se ven igual: quien prefiera que no, no tiene que explicarlo.
asked-open = Protagonista: preguntado. Con un sí aparece en el resumen.
asked-no = Protagonista: preguntado. Con un sí aparece en el resumen.
asked-yes = Protagonista: la respuesta es sí, así que aparece en el resumen.

posted = Publicado. Es el resumen { $number }.
skipped = Saltado. El siguiente cuenta lo que venga después.
changed = Hecho. El borrador lo muestra.
previewed = Así se publicaría ahora. Solo lo ves tú.
none-yet = Todavía no hay ningún resumen. El primero llega solo, en cuanto los admins elijan un muro en /laurel setup.

refused-changed = Este borrador cambió hace un momento. Mira cómo está ahora y pulsa otra vez.
refused-words = Mientras tanto, alguien escribió aquí otras palabras. Abre el formulario otra vez para verlas.
refused-posted = Este resumen ya está publicado, así que su borrador ya no hace nada.
refused-skipped = Este resumen se saltó, así que su borrador ya no hace nada. /recap now publica uno ahora mismo.
refused-withdrawn = Este borrador ya no está: se desactivaron los resúmenes, o no había muro. /laurel setup muestra lo que hay.
refused-no-wall = No hay muro en el que publicarlo. Un admin puede elegir uno en /laurel setup.
refused-asked = Para este resumen ya se preguntó a alguien.
refused-ask = { $member } prefiere no recibir mensajes, así que no se le puede preguntar.
refused-nothing = No hay nada que contar desde el último resumen. En cuanto alguien dé las gracias a alguien, lo habrá.

# Palabras que una comunidad puede cambiar por las suyas.
words-weekly = Resumen semanal
words-monthly = Resumen mensual
words-sample = Un resumen inventado
    .reason = se quedó a recoger las sillas, y además silbando
    .value = Amabilidad
    .since = lunes
    .until = viernes
