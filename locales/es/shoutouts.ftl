# Agradecimientos entre miembros.

shoutout = Dar un reconocimiento
    .title = Dar un reconocimiento
    .help = Da las gracias a una, dos o tres personas por algo que hicieron
    .to = A quién
    .to-hint = Hasta tres personas
    .why = Por qué
    .why-hint = ¿Qué hicieron y qué cambió gracias a eso?
    .value = Valor
    .value-hint = ¿Cuál de los valores de la comunidad demuestra?
    .private = En privado
    .private-hint = Sí: por mensaje directo, sin contar
shout-out =
    .title = Reconocer este mensaje
retract = Retirar un reconocimiento
    .title = Retirar reconocimiento
    .help = Retira un reconocimiento que diste o recibiste
    .which = Cuál
    .why = Por qué
    .why-hint = Solo moderación puede verlo, en la auditoría
retract-this =
    .title = Retirar reconocimiento

card = Un reconocimiento para { $receivers }
    .body = { $giver } da las gracias a { $receivers }: «{ $reason }»
    .thank-too = Agradecer también
value = Por
    .label = { $value }
first-time = Primera vez
    .who = { $members }: primer reconocimiento aquí
about = A qué se dedica { $member }
    .line = { $line }
    .linked = { $line } ({ $link })
# En lugar de muchas publicaciones, cuando se vuelve a llegar a un canal.
digest = Reconocimientos que esperaban
    .more = Reconocimientos que esperaban, continuación
    .intro = Laurel no pudo publicar aquí durante un tiempo, pero los reconocimientos siguieron. Aquí están, juntos.
    .who = { $member }
    .by =
        { $count ->
            [one] De { $givers }
           *[other] { $count } veces, de { $givers }
        }
    .others =
        { $count ->
            [one] una persona más
           *[other] { $count } personas más
        }
    .people =
        { $count ->
            [one] una persona
           *[other] { $count } personas
        }
    .words = En /laurel me están las últimas palabras para cada persona.
private-note = { $giver } te da las gracias
    .footer = Queda en privado
quoted = «{ $reason }»
one-line = { $receivers }: { $reason }

# Cómo llama moderación a estas palabras en /template, y un ejemplo si no hay ninguno.
words-card = Reconocimientos
    .reason = Te quedaste hasta tarde para que los demás pudieran irse a casa.
    .value = Amabilidad

given = Guardado. Tu reconocimiento para { $receivers } sale en { $wall }.
given-again = Este ya estaba dado, así que no se dio dos veces.
given-private = Llegará a { $receivers } por mensaje directo, y a nadie más.
given-quietly = Queda en /laurel me para { $receivers }, sin mensaje directo, según su preferencia.
given-left =
    { $count ->
        [0] Era lo último por hoy. Podrás dar más a partir de este momento: { $renews }.
        [one] Hoy puedes agradecer a una persona más. El nuevo día empieza: { $renews }.
       *[other] Hoy puedes agradecer a { $count } personas más. El nuevo día empieza: { $renews }.
    }
given-undo = Deshacer hasta { $until }
given-picture = Como imagen
picture-title = Gracias
picture-day = { $on }
picture-names = Para guardarla o compartirla. Solo nombra a quienes puede ver todo el mundo.
picture-alt = { $receivers }: «{ $reason }»
undone = Deshecho. La publicación se retira y no cuenta para nadie; vuelves a tenerlo para dar.
retracted = Retirado. La publicación desaparece y no cuenta para nadie.

next-day = un nuevo día, con nuevos reconocimientos que dar
next-undo = fin del plazo para deshacer

preview = Así se verá
    .public = Lo verá todo el mundo aquí.
    .private = Lo verán solo las personas a las que agradeces.
    .post = Publicar
    .edit = Editar
    .drop = Descartar
    .dropped = Descartado. Nadie lo vio y no contó nada.

refused-nobody = Elige a quién agradecer, por favor.
refused-too-many = Un reconocimiento puede nombrar a { $most } personas como máximo. Para más, da otro.
refused-self = Aquí no puedes darte las gracias. Si algo que hiciste merece verse, cuéntaselo a moderación.
refused-bot = { $member } es un bot y no lo puede sentir. ¿Quizá hay una persona detrás?
refused-left = { $member } ya no está en la comunidad, así que un reconocimiento no le llegaría.
refused-opted-out = { $member } prefiere no recibir reconocimientos aquí. Unas palabras en persona quizá sí se agradezcan.
refused-no-reason = Di por qué es, por favor.
refused-short =
    { $count ->
        [one] Un carácter dice poco. Escribe al menos { $least }, por favor: ¿qué hicieron?
       *[other] { $count } caracteres dicen poco. Escribe al menos { $least }, por favor: ¿qué hicieron?
    }
refused-long = Son { $count } caracteres, y el máximo es { $most }. Un poco más corto, por favor.
refused-value = Este valor ya no se usa. Elige otro, o ninguno, por favor.
refused-cooldown = Diste las gracias a { $member } hace poco. Podrás de nuevo a partir de este momento: { $frees }.
refused-returned = { $member } te dio las gracias hace poco. Para que los agradecimientos no den vueltas, podrás dárselas a partir de este momento: { $frees }.
refused-allowance =
    { $left ->
        [0] Hoy diste las gracias a { $most } personas, que es todo por un día. Podrás de nuevo a partir de este momento: { $renews }.
        [one] Hoy puedes agradecer a una persona más. Para incluir a todas, espera hasta este momento: { $renews }.
       *[other] Hoy puedes agradecer a { $left } personas más. Para incluir a todas, espera hasta este momento: { $renews }.
    }
refused-nowhere =
    { $admin ->
        [1] Aún no hay un canal para los reconocimientos, y aquí no lee nadie más. Elige uno con /laurel setup, o usa /shoutout en un canal.
       *[0] Aún no hay un canal para los reconocimientos, y aquí no lee nadie más. Usa /shoutout en un canal, o pide a quien administra que elija uno con /laurel setup.
    }
refused-not-yours = Solo puede retirarlo quien lo dio, quien lo recibió o moderación.
refused-undo-late =
    { $minutes ->
        [one] Se puede deshacer durante un minuto. Con /retract todavía puedes retirarlo, con un motivo.
       *[other] Se puede deshacer durante { $minutes } minutos. Con /retract todavía puedes retirarlo, con un motivo.
    }
refused-unknown = No existe ese reconocimiento. Quizá sea de otra comunidad.
refused-gone = Ya estaba retirado.
refused-unseen = De este agradecimiento ya no hay nada que pueda ver todo el mundo, así que no hay imagen.
refused-no-shoutout = Este mensaje no es un reconocimiento, así que no hay nada que retirar.
