# Temporadas: las fechas por las que cuenta una comunidad.

start =
    .title = Empieza una temporada
    .help = Empieza una temporada, hoy u otro día; se publica la última clasificación de la anterior
    .name = Cómo se llama
    .name-hint = Lo lee todo el mundo, como Primavera de 2026
    .starts_on = Primer día
    .starts_on-hint = Hoy, si no eliges otro día, pasado o por venir
end =
    .title = Termina la temporada
    .help = Di cuál es el último día de la temporada; después se publica su última clasificación
    .ends_on = Último día
    .ends_on-hint = Hoy, si no eliges otro
listed =
    .title = Temporadas
    .help = Mira todas las temporadas, y la clasificación de cada una
board =
    .title = Una temporada
    .help = Mira quién recibió más gracias en una temporada, y quién las dio más veces
    .which = Qué temporada
    .which-hint = La que está en marcha, si no eliges otra
call-off =
    .title = Anula una temporada

started = { $name } ha empezado
    .body = Cuenta desde el { $first }. Todo lo que se dio antes se guarda, y también cada clasificación.
planned = { $name } está prevista
    .body = Empieza el { $first }. Entonces se publica la última clasificación de la temporada anterior.
ended-before = { $name } terminó el día anterior.
untold = Todavía no hay un muro elegido, así que no se publica nada.
ends = { $name } termina
    .body = Su último día es el { $last }. Su última clasificación se publica cuando acabe ese día.
over = { $name } ha terminado
    .body = Su último día fue el { $last }, y su última clasificación está en camino.
called-off = { $name } al final no empieza
call-off-it = Anula { $name }

overview = Temporadas
none-member = Aquí todavía no hay temporadas. Las clasificaciones de días, semanas y meses están en /leaderboard.
none-desk = Aquí todavía no hay temporadas. Con /season start empieza una; no se borra nada.
name = { $name }
since = Desde el { $first }
dates = Del { $first } al { $last }
begins = Empieza el { $first }
more =
    { $count ->
        [one] Hay una más que no está en esta lista.
       *[other] Hay { $count } más que no están en esta lista.
    }
choose = Mira la clasificación de una temporada
option = { $name }, del { $first } al { $last }
open-option = { $name }, desde el { $first }

# Lo que lee todo el mundo en el muro.
begun = Empieza { $name }
    .body = Desde el { $first }, las gracias cuentan para una nueva clasificación. Todo lo anterior se guarda.
last = La última clasificación de { $name }
    .empty = En esta temporada nadie recibió las gracias en público. Siempre hay una próxima.
kept = No se borra nada de ella. Quien no quiere aparecer en las clasificaciones no está aquí.
received = Más gracias recibidas
given = Más gracias dadas
line = { $member }
see = Mira la clasificación entera
empty = En esta temporada todavía nadie ha recibido las gracias en público.

# Lo que Laurel hace según el calendario.
ahead = Empieza { $title }
next-close = Se publica la última clasificación de una temporada

refused-open = Hay una temporada en marcha que no tiene fin. Termina sola cuando empieza otra, o con /season end.
refused-overlap = Entonces hay otra temporada, o viene después. Elige un día posterior a su último día.
refused-name = Ya hay una temporada que se llama así. Con otro nombre no se confunden.
refused-ended = Esta temporada ya ha terminado.
refused-early = La temporada en marcha no empezó antes. Elige un día posterior.
refused-planned = Hay otra temporada prevista para empezar antes. /season list la muestra, y permite anularla.
refused-far = Faltan más de dos años. Elige un día más cercano.
refused-none-open = No hay ninguna temporada en marcha que pueda terminar.
refused-none = Todavía no hay temporadas. Las clasificaciones de días, semanas y meses están en /leaderboard.
refused-unknown = Aquí no existe esa temporada.
refused-gone = Ya ha empezado, o se anuló.
