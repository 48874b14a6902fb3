# Quién recibió las gracias y quién las dio.

leaderboard =
    .title = Clasificación
    .help = Mira quién recibió más gracias, o quién las dio más veces
    .period = De qué tiempo
    .period-hint = De siempre, si no eliges otra cosa; una fecha como 2026-03-06 encuentra las pasadas
    .side = Qué se cuenta
    .side-hint = Las gracias recibidas, si no eliges otra cosa
    .side-received = Gracias recibidas
    .side-given = Gracias dadas
    .value = Solo de un valor
    .value-hint = Solo lo que se dio por él
    .channel = Solo en un canal
    .channel-hint = Solo lo que se dio allí
    .team = Solo de un equipo
    .team-hint = Solo se clasifica a quienes son de él

received = Más gracias recibidas
    .show = Quién las recibe
    .empty = Todavía nadie ha recibido las gracias en público. El primer reconocimiento podría ser el tuyo.
    .not-yet = Todavía no apareces. Se va llenando a medida que la gente se da las gracias, y no hay prisa.
given = Más gracias dadas
    .show = Quién las da
    .empty = Todavía nadie ha dado las gracias en público. El primer reconocimiento podría ser el tuyo.
    .not-yet = Todavía no apareces. Basta con un reconocimiento.
line = { $member }
hidden = Pediste no aparecer en las clasificaciones, así que nadie te encuentra aquí. Puedes cambiarlo en /laurel privacy.
repeats = Entre las mismas dos personas, cada vez más dentro de { $repeats } días cuenta la mitad, y otra vez la mitad si las gracias dan la vuelta entre tres dentro de { $around } días. Cuenta una al día a la misma persona, y { $day } en total.
nothing = Aquí todavía no cuenta nada. Otro tiempo quizá tenga más que mostrar.

# De qué tiempo es.
all = Desde el principio
day = El { $on }
week = La semana del { $first } al { $last }
month =
    { $month ->
        [january] Enero de { $year }
        [february] Febrero de { $year }
        [march] Marzo de { $year }
        [april] Abril de { $year }
        [may] Mayo de { $year }
        [june] Junio de { $year }
        [july] Julio de { $year }
        [august] Agosto de { $year }
        [september] Septiembre de { $year }
        [october] Octubre de { $year }
        [november] Noviembre de { $year }
       *[december] Diciembre de { $year }
    }
season = { $name }, del { $first } al { $last }
open-season = { $name }, desde el { $first }
a-season = Una temporada
only-value = Solo por { $value }
only-channel = Solo en { $channel }
only-team = Solo { $team }

# Los caminos a otras.
earlier = Antes
later = Después
more = Muestra otra clasificación
this-day = Hoy
this-week = Esta semana
this-month = Este mes
this-season = Esta temporada
this-all = Desde siempre
whole = Todo, de todo el mundo
see-value = Por valor
see-channel = Por canal
see-team = Por equipo
as-csv = Como archivo para hojas de cálculo (CSV)
as-json = Como archivo para programas (JSON)

# Cuánto suma cada valor, canal o equipo.
by-value =
    { $side ->
        [received] Gracias recibidas, por valor
       *[given] Gracias dadas, por valor
    }
by-channel =
    { $side ->
        [received] Gracias recibidas, por canal
       *[given] Gracias dadas, por canal
    }
by-team =
    { $side ->
        [received] Gracias recibidas, por equipo
       *[given] Gracias dadas, por equipo
    }
part =
    { $count ->
        [one] { $part } (una persona)
       *[other] { $part } ({ $count } personas)
    }
no-values = Entonces no se dio nada por un valor.
no-channels = Entonces no se dio nada en un canal.
no-teams = Aquí nadie está en un equipo que Laurel conozca. No todas las plataformas lo dicen.

# El archivo, para quienes moderan.
handed =
    { $count ->
        [0] No hay nadie en esta clasificación, así que el archivo solo tiene el encabezado.
        [one] Un puesto de la clasificación. Quien no quiere aparecer en ella no está en el archivo.
       *[other] { $count } puestos de la clasificación. Quien no quiere aparecer en ella no está en el archivo.
    }
    .title = La clasificación, como archivo
handed-first = Hay más; estos son los primeros.

refused-period = Ese tiempo no existe. Elige uno de la lista, o escribe una fecha como 2026-03-06.
refused-future = Eso aún está por venir, así que todavía no hay nada que mostrar.
refused-no-season = Ahora no hay ninguna temporada. También hay clasificaciones de días, semanas, meses y de siempre.
refused-season = Aquí no existe esa temporada.
refused-value = Aquí no existe ese valor.
refused-two = Una clasificación puede limitarse a un valor, a un canal o a un equipo, y solo a uno de ellos. Deja los demás sin elegir.
