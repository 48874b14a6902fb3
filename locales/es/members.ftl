# La página de cada miembro, que nadie más ve.

me =
    .title = Yo
    .help = Tus agradecimientos, lo que te queda por dar y tu zona horaria, solo para ti

mine = Tú y tus agradecimientos
received = Recibidos
given = Dados
in-private = Recibidos en privado
times =
    { $count ->
        [0] Todavía ninguno
        [one] Una vez
       *[other] { $count } veces
    }
allowance = Te quedan por dar
    .left =
        { $count ->
            [0] Por hoy, ninguno. El nuevo día empieza: { $renews }.
           *[other] { $count } de { $most } por hoy. El nuevo día empieza: { $renews }.
        }
own-zone = Tu zona horaria
    .own = { $zone }
    .community = { $zone }, la de toda la comunidad
    .changing = { $zone }; { $coming } a partir de: { $at }
own-quiet = Tus horas de silencio
    .none = Ninguna, así que Laurel te escribe a cualquier hora
    .of = De { $since } a { $until }
own-previews = Ver antes de publicar
    .on = Activado: ves tu reconocimiento antes que nadie
    .off = Desactivado: tu reconocimiento se publica al momento

last = Los últimos que has recibido
no-thanks = Todavía nada. El primero suele llegar después de dar uno: prueba con /shoutout.
thanks =
    .public = { $giver }, { $on }: «{ $reason }»
    .private = { $giver }, { $on }, en privado: «{ $reason }»
    .words-erased = { $giver }, { $on }. Las palabras ya no se guardan, pero el agradecimiento sigue contando.
    .giver-erased = { $on }, de alguien cuyo nombre y palabras ya no se guardan. El agradecimiento sigue contando.

change-zone = Cambiar mi zona horaria
change-quiet = Horas de silencio
quiet =
    .title = Tus horas de silencio
    .since = Desde
    .since-hint = Lo que Laurel te escribiría espera a que acaben. Vacío: ninguna
    .until = Hasta
    .until-hint = Con tu propio reloj; puede ser la mañana siguiente
turn-previews =
    .on = Quiero verlo antes de publicar
    .off = Publicar sin verlo antes
zone =
    .title = Tu zona horaria
    .zone = Zona horaria
    .zone-hint = Escribe o elige una ciudad; vale desde la más tardía de las dos medianoches
    .city = ¿No está en la lista?
    .city-hint = Una ciudad grande de tu zona, en inglés, como Kathmandu
previews =
    .title = Ver antes de publicar

change-about = A qué me dedico
own-about = A qué te dedicas
    .none = Todavía no hay nada. Una línea puede acompañar los reconocimientos que recibas.
    .line = { $line }
    .linked = { $line } ({ $link })
about =
    .title = A qué me dedico
    .line = Una línea
    .line-hint = Acompaña lo que te agradecen, por ejemplo: tarjetas de imprenta por encargo
    .link = Dirección
    .link-hint = Se muestra como texto, por ejemplo example.org/tarjetas
refused-link = Escribe la dirección tal como sale en el navegador, por ejemplo example.org/tarjetas.
refused-link-alone = Di en una línea qué se encuentra en esa dirección, por favor.
