# Lo que viene: momentos, semanas temáticas y ventanas.

calendar =
    .help = Mira lo que viene por aquí
add =
    .title = Planear un momento
    .help = Pon en el calendario un momento, una semana temática o una ventana
    .on = Primer día
    .at = Hora
    .at-hint = En el reloj de la comunidad; después puedes elegir otro
    .name = Título
    .name-hint = Cómo se llama, en una línea
    .repeat = Cada cuánto
    .repeat-once = Una vez
    .repeat-daily = Cada día
    .repeat-weekly = Cada semana, ese día de la semana
    .repeat-fortnightly = Cada dos semanas
    .repeat-monthly-weekday = Cada mes, como el primer viernes
    .repeat-monthly-date = Cada mes en esa fecha
    .repeat-yearly = Cada año
    .kind = Qué es
    .kind-moment = Un momento: se dice cuando empieza
    .kind-week = Una semana temática: se anuncia y se ve mientras dura
    .kind-window = Una ventana: al cerrar, lista a quienes recibieron gracias
edit =
    .title = Cambiar lo planeado
    .help = Cambia algo del calendario
    .which = Cuál
cancel =
    .title = Quitar algo
    .help = Quita algo del calendario, una vez o del todo
    .which = Cuál
words =
    .title = Título y texto
    .name = Título
    .name-hint = Cómo se llama, en una línea
    .about = De qué va
    .about-hint = Lo que conviene saber. Se publica con ello
time =
    .title = Cuándo
    .on = Primer día
    .at = Hora
    .city = En qué reloj
    .city-hint = Una zona horaria, o una ciudad grande de ella
repeat =
    .title = Cada cuánto
    .how = Cada cuánto
    .how-once = Una vez
    .how-daily = Cada día
    .how-weekly = Cada semana
    .how-fortnightly = Cada dos semanas
    .how-monthly-weekday = Cada mes en un día de la semana
    .how-monthly-date = Cada mes en la fecha del primer día
    .how-yearly = Cada año en la fecha del primer día
    .how-own = Con una regla propia, escrita abajo
    .weekdays = Qué días
    .weekdays-hint = Para semanas y meses. Ninguno: como el primer día
    .weekdays-mo = Lunes
    .weekdays-tu = Martes
    .weekdays-we = Miércoles
    .weekdays-th = Jueves
    .weekdays-fr = Viernes
    .weekdays-sa = Sábado
    .weekdays-su = Domingo
    .nth = Cuál del mes
    .nth-hint = Para cada mes en un día de la semana. Vacío: como el primer día
    .nth-first = El primero
    .nth-second = El segundo
    .nth-third = El tercero
    .nth-fourth = El cuarto
    .nth-last = El último
    .until = Último día
    .until-hint = Vacío: sin final
    .rule = Regla propia
    .rule-hint = Como RRULE, por ejemplo FREQ=MONTHLY;BYDAY=2TU,4TU
without =
    .title = Saltar una vez
    .on = Qué día
    .on-hint = Un día en el que toca
place =
    .title = Dónde y cuánto dura
    .channel = Canal
    .channel-hint = Dónde se dice. Vacío: solo está en el calendario
    .lasts = Cuánto dura
    .lasts-hint = Por ejemplo 45 min, 2 h o 7 días. Vacío: lo habitual

## Lo que ve quien pregunta

title = Lo que viene
name = { $name }
on =
    { $kind ->
        [week] { $begins } hasta { $ends }
        [window] abre { $begins }, cierra { $ends }
       *[moment] { $begins }
    }
on-in = { $when } · { $channel }
running = Ahora mismo, hasta { $until }
instant = { $at }
zones = Las horas van con tu propio reloj.
empty = Todavía no hay nada planeado. Cuando lo haya, lo verás aquí.
empty-desk = Pon lo primero con /moment add o con el botón de abajo. Te muestra las próximas veces antes de que lo vea nadie más.
back = Atrás
more = Ver más

## Lo que además ve quien modera

desk = Para quien modera
plan = Planear algo
pin-here = Fijar aquí el calendario
pin-here-again = Fijarlo aquí de nuevo
unpin-here = Quitarlo de aquí
pin-done = El calendario va de camino a este canal. Se mantiene al día por sí solo.
unpin-done = El calendario se retira de aquí.
pin-lost = El calendario estaba en este canal y alguien lo borró. Así queda, a menos que lo fijes aquí de nuevo.
gap =
    { $count ->
        [one] El { $since } no hay nada. ¿Qué tal el { $on } a las { $at }?
       *[other] No hay nada en { $count } días, del { $since } al { $until }. ¿Qué tal el { $on } a las { $at }?
    }
crowd = El { $on } empiezan { $count } cosas. A menos cosas a la vez es más fácil venir.
crowd-free = El { $on } empiezan { $count } cosas. El { $free } no hay nada; alguna podría pasar a ese día.
full = Hay { $most } cosas planeadas, que es el máximo. Para hacer sitio, quita alguna con /moment cancel.
aside-some =
    { $count ->
        [one] Una cosa no se pudo hacer y está apartada.
       *[other] { $count } cosas no se pudieron hacer y están apartadas.
    }
aside-see = Lo apartado
aside-title = Lo que se apartó
aside =
    { $count ->
        [0] No hay nada apartado. Se hizo todo lo que tocaba.
        [one] Esto no se pudo hacer, por más que Laurel lo intentó. Todo lo demás sigue.
       *[other] Esto no se pudo hacer, por más que Laurel lo intentó. Todo lo demás sigue.
    }
aside-entry = { $number }. { $name }, tocaba { $due }
aside-option = { $number }. Tocaba { $due }
aside-reason = Lo que lo impidió: { $reason }
aside-again = Intentar de nuevo …
aside-tried = Ahora se intenta de nuevo. Si tampoco esta vez se puede, vuelve aquí.
aside-gone = Esto ya no se puede intentar: se hizo, tiene más de un año o se quitó.
something = Algo del calendario

## Mientras se planea algo

sheet-new =
    { $kind ->
        [week] Una semana temática nueva
        [window] Una ventana nueva
       *[moment] Un momento nuevo
    }
sheet-new-footer = Aún no está en el calendario. Nadie más lo ve hasta que lo guardes.
sheet-known =
    { $kind ->
        [week] Una semana temática
        [window] Una ventana
       *[moment] Un momento
    }
sheet-known-footer = Nada cambia para nadie hasta que lo guardes.
keep = Guardar
let-go = Descartar
part-words = Título y texto
part-time = Cuándo
part-repeat = Cada cuánto
part-place = Dónde y cuánto dura
become =
    { $kind ->
        [week] Convertirlo en semana temática
        [window] Convertirlo en ventana
       *[moment] Convertirlo en momento
    }
put-back = Que sí sea el { $on }
fact-title = Título
fact-about = De qué va
fact-channel = Dónde
fact-lasts = Dura
fact-starts = Primera vez
fact-repeats = Cada cuánto
fact-left-out = Se salta
times =
    { $count ->
        [0] Próximas veces
        [one] Próxima vez
       *[other] Próximas { $count } veces
    }
about-quoted = { $about }
nowhere = Solo en el calendario
place-in = { $channel }
starts = { $on } a las { $at }, { $zone }
left-out =
    { $count ->
        [one] Una fecha: { $days }
       *[other] { $count } fechas, las últimas { $days }
    }
no-times = Ya no vuelve.
days =
    { $count ->
        [one] Un día
       *[other] { $count } días
    }
hours =
    { $count ->
        [one] Una hora
       *[other] { $count } horas
    }
minutes =
    { $count ->
        [one] Un minuto
       *[other] { $count } minutos
    }
weekday =
    { $day ->
        [mo] lunes
        [tu] martes
        [we] miércoles
        [th] jueves
        [fr] viernes
        [sa] sábado
       *[su] domingo
    }
nth =
    { $nth ->
        [first] el primer { $day }
        [second] el segundo { $day }
        [third] el tercer { $day }
        [fourth] el cuarto { $day }
       *[last] el último { $day }
    }
date = el día { $day }
last-day = el último día
every-once = Una vez
every-day =
    { $count ->
        [one] Cada día
       *[other] Cada { $count } días
    }
every-week =
    { $count ->
        [one] Cada semana: { $days }
        [2] Cada dos semanas: { $days }
       *[other] Cada { $count } semanas: { $days }
    }
every-month =
    { $count ->
        [one] Cada mes, { $which }
        [2] Cada dos meses, { $which }
       *[other] Cada { $count } meses, { $which }
    }
every-year = Cada año
every-own = Con su propia regla: { $rule }
every-until = { $every }, hasta el { $last }
comes = { $every }. Próxima: { $at }
saved = En el calendario: { $title }
saved-footer = /moment edit lo cambia y /moment cancel lo quita.
dropped = Descartado. El calendario está como estaba.
line = { $title } · { $at }
line-over = { $title }
off-title = Quitar { $title }
off-what = ¿Solo una vez, o del todo?
off-one = Solo el { $on }
off-other = Solo otra vez más adelante …
off-time = El { $on }
off-later = Otro día
off-all = Del todo
off-none = Dejarlo
skipped = { $title } se salta el { $on }. Todo lo que viene después sigue.
taken-off = { $title } ya no está en el calendario. Lo que se publicó sobre ello se queda.
left = Todo queda como está.

## Lo que ve todo el mundo en un canal

begins =
    { $kind ->
        [week] El tema desde hoy: { $title }
        [window] Abierto desde ahora: { $title }
       *[moment] { $title }
    }
late = Esto llega tarde: estaba previsto para { $planned }.
ends-moment = Hasta
ends-week = Dura hasta
ends-window = Cierra
window-rule = Al cerrar, aquí se lista a quienes más personas dieron las gracias mientras tanto. /shoutout cuenta.
closed = Cerrado: { $title }
closed-plain = Se ha cerrado una ventana
closed-span = Esto es lo que se dio entre { $since } y { $until }.
closed-rule = En orden de cuántas personas distintas les dieron las gracias; si es igual, va antes quien las recibió primero. No aparece quien no quiere estar en clasificaciones. De cada cual se muestra un agradecimiento: el primero con uno de nuestros valores o, si no, el primero.
closed-empty = En ese tiempo no se dieron gracias a nadie que pueda ver todo el mundo. La próxima abre pronto.
listed-who = { $member }
listed-by =
    { $count ->
        [one] Le dio las gracias una persona
       *[other] Le dieron las gracias { $count } personas
    }
listed = { $by }: «{ $reason }»
listed-giver = { $by }. { $giver } dijo: «{ $reason }»
listed-for = { $said } · { $value }
pinned = Lo que viene
pinned-empty = De momento no hay nada planeado. Lo que venga estará aquí.
pinned-footer = Esto se mantiene al día por sí solo. /calendar muestra más.

## Lo próximo que toca

next-due = { $name }
next-close = Se cierra una ventana

## Lo que no puede ser, y qué hacer

refused-zone = No hay ninguna zona horaria con ese nombre. Di una como Europe/Madrid, o una ciudad grande de ella.
refused-start = Eso queda a más de diez años de hoy. Elige una fecha más cercana a hoy.
refused-exceptions = Se salta más de { $most } fechas. Planéalo de nuevo; quizá baste una regla que las salte por sí sola.
refused-past = Ese momento ya pasó. Elige un día y una hora que aún estén por llegar.
refused-left-out = Ese día se salta en este plan, así que no llegaría nunca. Elige otro día.
refused-never = Esto no llega nunca: ya pasó su último día, o ningún día encaja en diez años, como con el 31 de febrero. Elige otro día u otra regla.
refused-rule-long = Esta regla tiene más de { $most } caracteres. Bastará una más corta.
refused-rule-unreadable = «{ $part }» no se entiende en esta regla. Una regla es como FREQ=WEEKLY;BYDAY=MO,TH.
refused-rule-unsupported = «{ $part }» es algo que Laurel no sabe seguir en una regla. Sabe FREQ, INTERVAL, BYDAY, BYMONTH, BYMONTHDAY, BYHOUR, BYMINUTE, BYSETPOS, COUNT y UNTIL.
refused-rule-often = Esto llega más de { $most } veces al día, y nadie lo leería. Elige una regla menos frecuente.
refused-no-rule = Escribe la regla, por ejemplo FREQ=MONTHLY;BYDAY=2TU,4TU, o elige de la lista cada cuánto.
refused-one-weekday = Cada mes en un día de la semana: elige solo uno. Para más, escribe una regla como FREQ=MONTHLY;BYDAY=2TU,4TU.
refused-length = Puede durar hasta { $days } días. Elige menos tiempo.
refused-overlap = Volvería antes de haber terminado. Haz que dure menos o que venga menos a menudo.
refused-full = Aquí hay { $most } cosas planeadas, que es el máximo. Para hacer sitio, quita una con /moment cancel.
refused-gone = Esto ya no está en el calendario. /calendar muestra lo que hay.
refused-overtaken = Alguien más cambió esto después de que lo abrieras, así que lo tuyo no se guardó encima. Descártalo y ábrelo otra vez con /moment edit.
refused-not-then = Ese día no toca. /moment cancel muestra cuándo toca.
refused-channel = Este canal no es de esta comunidad. Elige uno de la lista.
refused-pinned = El calendario ya está en este canal.
refused-pin-here = Aquí no lee nadie más. Abre /calendar en el canal en el que deba estar.
refused-pins = El calendario está en { $most } canales, que es el máximo. Quítalo antes de alguno.

## Fuera del chat

own-see = En tu propio calendario
address = En tu propio calendario
address-mine = Añade esta dirección a tu programa de calendario, y lo planeado aquí estará también allí, siempre al día.
address-ours = Cualquiera de esta comunidad puede tener esta dirección: para su programa de calendario, o para una web vuestra.
address-mine-footer = Es solo tuya: quien la tenga puede leer lo que se planea aquí. Si llegó a otras manos, renuévala.
address-ours-footer = Quien la tenga puede leer lo que se planea aquí. Si llegó a malas manos, renuévala y reparte la nueva.
address-file = { $address }
address-page = Abrir como página
address-renew = Dirección nueva
address-renewed = Esta es la nueva. La dirección anterior ya no lleva a ninguna parte.
address-see-ours = La de todo el mundo
address-see-mine = La mía
refused-no-pages = Aquí no hay ninguna página que leer. Quien hace funcionar a Laurel puede darle una dirección pública en su configuración.
