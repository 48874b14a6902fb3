# Participar en un reto: apuntarse, marcar cada día y equipos.

enter =
    .title = Unirse a un reto
    .help = Participa en un reto
    .which = Cuál
    .which-hint = Puede quedar vacío si solo hay uno
go =
    .title = Dejar un reto
    .help = Deja de participar en un reto
    .which = Cuál
    .which-hint = Puede quedar vacío si solo estás en uno
checkin =
    .title = Marcar el día
    .help = Marca el día de hoy, o uno que te faltó
    .which = Reto
    .which-hint = Puede quedar vacío si solo estás en uno
    .words = Qué hiciste
    .words-hint = Una línea o dos, para quien lo mire
    .link = Dónde se puede ver
    .link-hint = Una dirección pública
    .file = Imagen o archivo
    .file-hint = Hasta 5 MB
    .day = Otro día
    .day-hint = El número de un día que te faltó. Déjalo vacío para hoy
with-words =
    .title = Marcar el día
    .words = Qué hiciste
    .words-hint = Una línea o dos, para quien lo mire
with-link =
    .title = Marcar el día
    .link = Dónde se puede ver
    .link-hint = Una dirección pública
    .words = Qué hiciste
    .words-hint = Puede quedar vacío
with-file =
    .title = Marcar el día
    .file = Imagen o archivo
    .file-hint = Hasta 5 MB
    .words = Qué hiciste
    .words-hint = Puede quedar vacío
with-anything =
    .title = Marcar el día
    .words = Qué hiciste
    .words-hint = Puede quedar vacío: basta con enviarlo
    .link = Dónde se puede ver
    .link-hint = Una dirección pública. Puede quedar vacío
    .file = Imagen o archivo
    .file-hint = Hasta 5 MB. Puede quedar vacío
check-in-with-this =
    .title = Marcar el día con esto
with-message =
    .title = Marcar el día con esto
    .which = Reto
    .which-hint = Uno en el que participas
    .words = Qué hiciste
    .words-hint = Puede quedar vacío
    .link = Dónde se puede ver
    .link-hint = Una dirección pública. Puede quedar vacío
    .file = Imagen o archivo
    .file-hint = Hasta 5 MB. Puede quedar vacío
team =
    .title = Equipos
    .help = Únete a un equipo de un reto, o mira el tuyo
    .team = Equipo
    .team-hint = Puede quedar vacío: así ves cuáles hay
make-team =
    .title = Crear un equipo
    .name = Nombre
    .name-hint = Aquí lo puede leer todo el mundo

joined = Ya participas en **{ $title }**.
in-already = Participas en **{ $title }**.
begins =
    { $days ->
        [one] Para ti empieza { $begins }, según tu propio reloj, y dura un día.
       *[other] Para ti, el día 1 de { $days } empieza { $begins }, según tu propio reloj.
    }
day =
    { $open ->
        [1] Para ti es el día { $day } de { $days }. Márcalo cuando lo tengas hecho.
       *[0] Para ti es el día { $day } de { $days }, y ya lo marcaste.
    }
days-over = Para ti, el último día ya terminó.
how =
    { $proof ->
        [none] Cada día basta con pulsar **Marcar el día**, o con /checkin.
        [text] Marca cada día con unas palabras: con el botón o con /checkin.
        [link] Marca cada día con un enlace que lo muestre: con el botón o con /checkin.
        [image] Marca cada día con una imagen: con el botón o con /checkin.
        [file] Marca cada día con un archivo: con el botón o con /checkin.
       *[welcome] Marca cada día con el botón o con /checkin. Unas palabras, un enlace o una imagen vienen bien.
    }
alone = De momento juegas por tu cuenta. Puedes crear un equipo o unirte a uno.
team-here = Tu equipo: **{ $team }**.
left = Ya no participas en **{ $title }**. Lo que hiciste se guarda, y vuelve a contar si regresas.
was-not-in = No participas en **{ $title }**, así que no había nada que dejar.

counted = El día { $day } de { $days } cuenta
waits = El día { $day } de { $days } está en manos de la moderación
of = { $title }
waits-what = Alguien lo mira primero, y cuenta desde que lo enviaste. Laurel te avisa si surge una pregunta.
score =
    { $points ->
        [0] { $days ->
            [one] Es tu primer día.
           *[other] Son { $days } días.
        }
        [one] { $days ->
            [one] Es tu primer día, y un punto.
           *[other] Son { $days } días, y un punto.
        }
       *[other] { $days ->
            [one] Es tu primer día, y { $points } puntos.
           *[other] Son { $days } días, y { $points } puntos.
        }
    }
streak =
    { $left ->
        [0] { $streak } días seguidos.
        [one] { $streak } días seguidos. Con uno más ganas { $bonus } puntos extra.
       *[other] { $streak } días seguidos. Con { $left } más ganas { $bonus } puntos extra.
    }
next = Tu próximo día empieza { $begins }.
last = Ese era el último día.
finished = Lo lograste: son suficientes días para haber terminado.
missed =
    { $count ->
        [one] Recupera un día …
       *[other] Recupera uno de { $count } días …
    }
missed-day = Día { $day }

confirm = ¿Retirar el día { $day }?
confirm-what = El día { $day } ya terminó, así que no podrías volver a marcarlo.
taken-back =
    { $again ->
        [1] Retirado: el día { $day } de **{ $title }** no cuenta. Puedes volver a marcarlo.
       *[0] Retirado: el día { $day } de **{ $title }** no cuenta.
    }

teams-of = Equipos: { $title }
in-team =
    { $size ->
        [one] Estás en **{ $team }**, de momento sin nadie más. Caben hasta { $most }.
       *[other] Estás en **{ $team }**: { $size } personas, de hasta { $most }.
    }
team-small =
    { $count ->
        [one] Aparece en la tabla cuando entre una persona más. Tus puntos cuentan en cualquier caso.
       *[other] Aparece en la tabla cuando entren { $count } personas más. Tus puntos cuentan en cualquier caso.
    }
team-stays = Mientras dura el reto, los equipos quedan como están.
teams-open = De momento juegas por tu cuenta. Únete a un equipo, o crea uno de { $least } a { $most }.
teams-none = Aún no hay equipos con sitio. Crea uno de { $least } a { $most } y cuéntales su nombre a los demás.
team-pick = Únete a un equipo …
team-option = { $team } · { $size } de { $most }
team-unnamed = Equipo { $number }

button-check = Marcar el día
button-teams = Equipos
button-join = Unirse
button-leave = Dejarlo
button-place = Mi lugar
button-take-back = Retirar
button-take-back-now = Sí, retirarlo
button-keep = Dejarlo así
button-leave-team = Dejar el equipo
button-make-team = Crear un equipo

refused-unknown = Aquí no hay ningún reto así. /challenge join muestra los abiertos.
refused-none = Ahora no participas en ningún reto. /challenge join muestra los abiertos.
refused-none-open = Ahora no hay ningún reto abierto. El próximo se anuncia cuando se abra.
refused-which = Participas en { $count } retos. ¿Para cuál es?
refused-which-open = Hay { $count } retos abiertos. ¿A cuál quieres unirte?
refused-over = **{ $title }** ya terminó, así que nada cambia en él.
refused-called-off = **{ $title }** se canceló, así que nada cambia en él.
refused-not-joined = Todavía no participas en **{ $title }**. Pulsa el botón para unirte en su anuncio, o usa /challenge join; después, marca el día.
refused-early = **{ $title }** empieza para ti { $begins }. Marca los días desde entonces.
refused-days-over = El último día de **{ $title }** ya terminó para ti, según tu propio reloj.
refused-no-day =
    { $days ->
        [one] Este reto tiene un solo día.
       *[other] Los días de este reto van del 1 al { $days }.
    }
refused-future = El día { $day } empieza para ti { $begins }. Márcalo desde entonces.
refused-past = El día { $day } ya terminó para ti, según tu propio reloj, y en este reto no se recuperan días. Lo que marcaste sigue en pie.
refused-again = Ya marcaste el día { $day }, y con una vez basta. El día { $next } empieza { $begins }.
refused-again-last = Ya marcaste el día { $day }, y con una vez basta.
refused-not-your-words = Este mensaje es de otra persona. Elige uno tuyo o usa /checkin.
refused-not-yours = No hay ningún día marcado así por ti.
refused-taken-back = Ya retiraste el día { $day }.
refused-refused = Lo que enviaste para el día { $day } no contó, así que no hay nada que retirar. Puedes volver a marcar ese día.
refused-settled = El reto ya terminó, así que los días marcados quedan como están.
refused-no-teams = **{ $title }** no es por equipos: cada quien juega por su cuenta.
refused-in-team = Ya estás en un equipo. /challenge team lo muestra.
refused-team-gone = Ese equipo ya no existe. /challenge team muestra los que hay.
refused-team-full =
    { $most ->
        [one] Ese equipo está completo: es de una persona. Únete a otro o crea uno.
       *[other] Ese equipo está completo: es de { $most } personas. Únete a otro o crea uno.
    }
refused-team-settled = Mientras dura el reto, los equipos quedan como están. Tus puntos son tuyos en cualquier caso.
refused-team-name = Hay un equipo con ese nombre, o con uno que se ve igual: { $name }. Únete a él o elige otro nombre.
refused-team-poses = { $name } podría tomarse por alguien en quien aquí se confía. Elige otro nombre, por favor.
