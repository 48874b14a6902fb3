# La hoja en la que la administración elige cómo funciona Laurel en su comunidad.

setup =
    .title = Configurar Laurel
    .help = Elige dónde van los reconocimientos, el idioma, los valores y los límites
places = Dónde se publica
    .title = Dónde se publica
    .wall = Muro
    .wall-hint = Dónde se publican los reconocimientos. Vacío: allí donde se dan
    .moderators = Canal de moderación
    .moderators-hint = Dónde se avisa a moderación de lo que le toca. Vacío: en ninguna parte
language = Idioma y zona horaria
    .title = Idioma y zona horaria
    .tongue = Idioma de lo público
    .tongue-hint = Las respuestas privadas llegan en el idioma de cada persona
    .zone = Zona horaria
    .zone-hint = Cuándo empieza un día, salvo que un miembro elija la suya en /laurel me
    .city = O el nombre de una ciudad
    .city-hint = Si tu zona no está en la lista: una ciudad grande que esté en ella
values = Valores
    .title = Valores
    .labels = Valores, uno en cada línea
    .labels-hint = Hasta diez, de hasta 40 caracteres cada uno. Vacío: sin valores
limits = Límites
    .title = Límites
    .allowance = Personas que se puede agradecer al día
    .allowance-hint = De 1 a 100
    .cooldown = Horas entre las mismas dos personas
    .cooldown-hint = De 0 a 720, en ambos sentidos. 0: sin espera
    .undo = Minutos para deshacer un reconocimiento
    .undo-hint = De 0 a 1440. 0: no se puede deshacer
    .shortest = Motivo más corto, en caracteres
    .shortest-hint = De 1 a 500
    .longest = Motivo más largo, en caracteres
    .longest-hint = De 1 a 500

sheet = Cómo funciona Laurel aquí
    .intro = Cambia lo que quieras y guárdalo al final. Hasta entonces, nada cambia para nadie.

wall = Muro
wall-open = Allí donde se da el reconocimiento
moderators = Canal de moderación
moderators-open = Ninguno, así que no se avisa a nadie
place = { $channel }
posts-in = Publicaciones
# El nombre que cada idioma se da a sí mismo.
language-name =
    { $tag ->
        [en] English
        [es] Español
       *[other] { $tag }
    }
zone = Zona horaria
zone-name = { $zone }
values-listed = { $values }
no-values = Ninguno
allowance = Cupo
allowance-of =
    { $count ->
        [one] Una persona al día
       *[other] { $count } personas al día
    }
cooldown = Las mismas dos personas
cooldown-of =
    { $hours ->
        [0] Tantas veces como quieran
        [one] Con una hora de por medio
       *[other] Con { $hours } horas de por medio
    }
undo = Deshacer
undo-of =
    { $minutes ->
        [0] No se puede
        [one] Durante un minuto
       *[other] Durante { $minutes } minutos
    }
reason = Motivo
reason-of = De { $least } a { $most } caracteres

test-post = Publicación de prueba
tested = Una publicación de prueba
    .wall = Así se verá un reconocimiento en { $wall }. Esta solo la ves tú, y no cuenta para nadie.
    .no-wall = No hay ningún muro elegido, así que cada reconocimiento quedará allí donde se dé. Si todo el mundo debe encontrarlos en un solo lugar, elige un muro. Esta solo la ves tú, y no cuenta para nadie.
    .no-moderators = No hay ningún canal de moderación elegido, así que nadie se entera cuando algo no se puede entregar.
# El motivo de la publicación de prueba, en el idioma de lo público.
sample = por configurar Laurel con cuidado, para que desde ahora se vea lo que aquí se hace bien

saved =
    { $count ->
        [0] No había nada distinto, así que todo sigue como estaba
        [one] Guardado: un cambio está en vigor
       *[other] Guardado: { $count } cambios están en vigor
    }
    .footer = Esto es lo que vale ahora, para todo el mundo.
cancelled = Descartado. Todo sigue como estaba.
overtaken = La configuración cambió después de que abrieras esto, así que la tuya no se guardó encima. Empieza de nuevo para ver lo que vale ahora.
overtaken-by = { $member } guardó otra configuración ({ $when }) después de que abrieras esto, así que la tuya no se guardó encima. Empieza de nuevo para ver lo que vale ahora.
restart = Empezar de nuevo

refused-channel = Este canal no está en esta comunidad. Elige uno de la lista, por favor.
refused-values = Son { $count } valores, y el máximo es { $most }. Entre menos, además, es más fácil elegir.
refused-value-long = «{ $value }» tiene { $count } caracteres, y el máximo es { $most }. Con una o dos palabras basta.
refused-reasons = El motivo más corto no puede superar al más largo: son { $least } y { $most } caracteres.

roles = Cupo por rol
    .title = Cupo por rol
    .role = Rol
    .role-hint = Quien tenga varios tiene el mayor de sus cupos
    .allowance = Personas al día
    .allowance-hint = Déjalo vacío para que sea el mismo de todo el mundo
role-allowance = { $role } { $count }
roles-listed = { $roles }
no-roles = El mismo para todo el mundo
refused-roles = Hasta { $most } roles pueden tener un cupo propio. Para liberar uno, deja vacío su número.
refused-role = Este rol es de otra comunidad. Elige uno de la tuya, por favor.

recaps = Resúmenes
    .title = Resúmenes
    .often = Cada cuánto
    .often-hint = Los moderadores ven cada uno un día antes de que se publique
    .often-off = Nunca
    .often-weekly = Cada semana
    .often-both = Cada semana y cada mes
    .weekday = Día
    .weekday-hint = El mensual llega el primer día así de cada mes
    .weekday-0 = Lunes
    .weekday-1 = Martes
    .weekday-2 = Miércoles
    .weekday-3 = Jueves
    .weekday-4 = Viernes
    .weekday-5 = Sábado
    .weekday-6 = Domingo
    .at = Hora
    .at-hint = En la zona horaria de la comunidad
recaps-off = Ninguno
recaps-weekly = Cada { $day } a las { $time }
recaps-both = Cada { $day } a las { $time }, y el primero de cada mes sobre el mes anterior
recaps-no-wall = En cuanto se elija un muro
weekday-name =
    { $day ->
        [0] lunes
        [1] martes
        [2] miércoles
        [3] jueves
        [4] viernes
        [5] sábado
       *[6] domingo
    }

# Lo primero que se le dice a quien trajo a Laurel a una comunidad.
welcome = Laurel está aquí
    .body = Gracias por traer a Laurel a { $name }. Desde ahora, allí se pueden dar las gracias con /shoutout, en cualquier conversación.
    .next = Hay algo que vale la pena hacer primero: /laurel setup. Son dos minutos: dónde se publican los agradecimientos, en qué idioma y en qué zona horaria. Todo se puede cambiar cuando haga falta.
    .help = /laurel help cuenta qué más hay.
back = Laurel ha vuelto
    .body = Todo en { $name } está como estaba: agradecimientos, tablas y ajustes.
    .next = /laurel setup muestra lo que está elegido, por si algo ha cambiado.
lost-wall = El canal donde se publican los agradecimientos se ha borrado.
    .next = Elige otro en /laurel setup. Hasta entonces, los agradecimientos se guardan y cuentan; se publicarán allí en cuanto lo elijas.

quiet = Horas de silencio
    .title = Horas de silencio
    .since = Desde
    .since-hint = Lo que dice el calendario espera a que acaben. Vacío: sin horas de silencio
    .until = Hasta
    .until-hint = En la zona horaria de la comunidad; puede ser la mañana siguiente
quiet-none = Ninguna, así que todo se dice a su hora
quiet-of = De { $since } a { $until }

patience = Lo que espera una decisión
    .title = Lo que espera
    .remind = Días hasta el aviso a los moderadores
    .remind-hint = De 1 a 30. Vale para candidaturas y recursos
    .escalate = Días hasta pedir ayuda a los admins
    .escalate-hint = De 2 a 60, y más que lo primero
patience-of =
    { $remind ->
        [one] Aviso a los moderadores tras un día, y a los administradores tras { $escalate }
       *[other] Aviso a los moderadores tras { $remind } días, y a los administradores tras { $escalate }
    }
refused-patience =
    { $days ->
        [one] El aviso a los moderadores sería tras un día, así que a los administradores se les puede pedir ayuda tras dos como pronto.
       *[other] El aviso a los moderadores sería tras { $days } días, así que a los administradores solo se les puede pedir ayuda más tarde.
    }
