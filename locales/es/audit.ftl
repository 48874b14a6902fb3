# Lo que se decidió, y cómo cualquiera puede comprobarlo.

audit =
    .title = Auditoría
    .help = Mira lo que se decidió hace poco y entrega la auditoría a quien la pida
export =
    .title = Exportar la auditoría

card = Auditoría
    .footer = Las filas llevan números en lugar de personas, y palabras de nadie. Laurel publica una huella cuando se cierra un premio, y el lunes después de que se decida algo sobre los premios.
    .export = Exportar la auditoría
empty = Aquí todavía no se ha decidido nada.
sealed =
    { $count ->
        [one] La auditoría tiene una fila por ahora. Esta es su huella:
       *[other] La auditoría tiene { $count } filas por ahora, cada una encadenada a la anterior. Esta es la huella de todas:
    }
digits = { $digest }
published = La última huella se publicó el { $at }.
unpublished = Aquí no se ha publicado ninguna huella últimamente.

# Lo que se decidió, según el nombre de la fila; y quién y cuándo.
act =
    { $act ->
        [audit-export] Se entregó la auditoría
        [audit-publish] Se publicó una huella
        [awards-close] Se cerró un premio
        [awards-create] Se creó un premio
        [awards-edit] Se cambió un premio
        [awards-open] Se abrió un premio
        [awards-passed] Un premio no se pudo abrir a su hora
        [awards-plan] Un premio recibió otras fechas
        [awards-remove] Se quitó un premio
        [boards-export] Se entregó una clasificación como archivo
        [calendar-cancel] Se quitó un plan del calendario
        [calendar-save] Se puso un plan en el calendario, o se cambió
        [calendar-skip] Un plan se saltó una vez
        [committees-count] Se contó una votación
        [committees-draw] Se sorteó un comité
        [committees-drop] Se renunció al sorteo de un comité
        [committees-drop-ballot] Se canceló una votación
        [committees-end] Terminó el mandato de un comité
        [committees-extend] Una votación recibió más tiempo
        [committees-hand-over] Una votación pasó a la moderación
        [committees-open] Se abrió una votación
        [committees-pool] Quedó registrado quién puede salir en el sorteo de un comité
        [committees-seat] Un suplente pasó a ocupar un puesto en el comité
        [fairness-month-off] Se pararon las cifras mensuales
        [fairness-month-on] Se pidieron las cifras mensuales
        [imports-made] Se importaron puntos de otra herramienta
        [imports-undone] Se deshizo una importación
        [mail-replay] Un mensaje se volvió a enviar a mano
        [points-adjust] Se corrigieron los puntos de alguien
        [points-take-back] Unos puntos corregidos dejaron de contar
        [recaps-post] Un resumen se publicó a mano
        [recaps-skip] Un resumen se saltó
        [review-asked] Se pidió más sobre una nominación
        [review-declined] Se rechazó una nominación
        [review-recuse] Alguien se abstuvo de una decisión
        [review-reopened] Una decisión se reabrió tras una apelación
        [review-stands] Una decisión se mantuvo tras una apelación
        [review-taken-back] Se retiró un premio concedido
        [review-won] Se aprobó una nominación
        [seasons-end] Se fijó el último día de una temporada
        [seasons-passed] Una temporada no pudo empezar en su día
        [seasons-plan] Se previó una temporada
        [seasons-start] Empezó una temporada
        [seasons-unplan] Se anuló una temporada
        [setup-save] Se cambiaron los ajustes
        [templates-edit] Se cambiaron las palabras de una publicación
        [templates-reset] Las palabras de una publicación volvieron a ser las de Laurel
       *[other] { $act }
    }
when = { $who }, { $at } (fila { $row })
by = { $who }
    .laurel = Laurel por sí mismo
    .nobody = Alguien a quien aquí ya no se conoce

# El archivo y cómo se comprueba.
exported =
    { $count ->
        [one] Aquí está la fila { $row } de la auditoría. Esta es su huella:
       *[other] Aquí hay { $count } filas de la auditoría, hasta la fila { $row }. Esta es la huella de esa fila:
    }
    .title = La auditoría, como archivo
    .verify = Cualquiera puede comprobarla sin Laurel: python audit_verify.py y el nombre del archivo. Ese programa ocupa pocas páginas, para que lo lea quien dude, y viene con el código de Laurel.
    .more =
        { $count ->
            [one] Falta una fila, en otro archivo. Los dos se comprueban juntos, en orden.
           *[other] Faltan { $count } filas, en otros archivos. Todos se comprueban juntos, en orden.
        }
    .onward = Seguir con el próximo archivo

# La publicación que perdura.
digest = La huella de lo que se decidió aquí
    .lately = Y así ha ido desde la huella anterior. Cualquiera puede contar lo mismo en las filas.
    .footer = Si alguien cambiara una fila a partir de ahora, esta huella ya no encajaría. La administración entrega la auditoría a quien la pida, con /audit, y cualquiera puede comprobarla.

pool = Sorteo entre
pool-of =
    { $count ->
        [one] Una persona
       *[other] { $count } personas
    }
tenure = Cuánto llevan aquí
tenure-of = En la lista: { $pool_new } menos de 90 días, { $pool_between } menos de un año, { $pool_long } más. En el comité: { $seated_new }, { $seated_between } y { $seated_long }.
groups = Sus grupos
groups-of =
    { $pool_groups ->
        [0] Nadie de la lista está en uno
        [one] Uno en la lista; en el comité { $seated_groups }
       *[other] { $pool_groups } en la lista; en el comité { $seated_groups }
    }
votes = Votos contados
recused = Alguien se abstuvo de decidir
overrides = Los moderadores decidieron en lugar de un comité
times =
    { $count ->
        [0] Nunca
       *[other] { $count }
    }

# Lo que el calendario hace hacer a Laurel.
next-digest = Se publica la huella de la auditoría
