# Quién recibió las gracias y quién las dio.

leaderboard =
    .title = Clasificación
    .help = Mira quién recibió más gracias, o quién las dio más veces
    .side = Qué se cuenta
    .side-hint = Las gracias recibidas, si no eliges otra cosa
    .side-received = Gracias recibidas
    .side-given = Gracias dadas

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
