# Días marcados en los retos: cómo se miran, se juzgan y se responden.

review = Días por revisar
    .title = Días por revisar
    .help = Mira uno tras otro los días marcados que esperan a un moderador
refused = Lo que no contó
    .title = Lo que no contó
    .help = Mira qué días tuyos no contaron y por qué, y responde

# La tarjeta que ven los moderadores.
card = Día marcado: { $challenge }
day = el día { $day } de { $of }
card-who =
    { $late ->
        [yes] { $who } marca { $day }, cuando ese día ya había pasado.
       *[no] { $who } marca { $day }.
    }
card-prompt = Se pedía: «{ $prompt }»
card-said = Dice: «{ $words }»
card-answer = Al rechazo responde: «{ $words }»
card-waiting = Llegó { $since } y espera a que alguien lo mire.
card-over = El reto terminó, así que ya nadie decide sobre esto.
card-parted = Quien decidió tiene parte en ello, porque nadie de moderación tiene menos.
card-for-admins = El resto de moderación tiene parte en ello, así que le toca a { $people }.
card-for-parted = Le toca a quien no tenga parte en ello. Toda la moderación que Laurel conoce la tiene, así que desde el { $at } le toca también a quien menos tiene: { $people }. El marcador y el registro lo dirán.
card-passed = Hubo respuesta, y espera de nuevo.
card-counted = **Cuenta**.
card-counted-by =
    { $points ->
        [0] **Contado** por { $who }, { $when }.
        [one] **Contado** por { $who } con un punto más, { $when }.
       *[other] **Contado** por { $who } con { $points } puntos más, { $when }.
    }
card-refused = **No cuenta**.
card-refused-by = **No contado** por { $who }, { $when }.
card-taken-back = Se **retiró**.
card-taken-back-by = Se **retiró**.
somebody = alguien que ya no está
quoted = «{ $words }»
link = Enlace
file-label = Archivo
file-is = { $name }, { $size } kB
file-gone = Ya no se guarda.
why = Por qué no contó

count = Contarlo
score = Contarlo con puntos
    .title = Contarlo con puntos
    .points = Puntos de más
    .points-hint = Se suman a lo que el día ya vale
refuse = No contarlo
    .title = No contarlo
    .reason = Por qué
    .reason-hint = Lo lee quien lo marcó, sin tu nombre. Mejor claro y amable
file = Ver el archivo
skip = Saltar
look = Mirarlo de nuevo
next = Mirar el siguiente

done-counted =
    { $points ->
        [0] El día { $day } de { $who } cuenta.
        [one] El día { $day } de { $who } cuenta, con un punto más.
       *[other] El día { $day } de { $who } cuenta, con { $points } puntos más.
    }
done-parted = Tienes parte en ello, y nadie de moderación tiene menos. El marcador y el registro lo dicen.
done-refused = El día { $day } de { $who } no cuenta. Lee por qué, sin tu nombre.
files = Tus archivos
files-intro = Lo que acompañó a tus días marcados, mientras se guarda. Elige uno para recibirlo.
files-pick = Elige un archivo
files-option = { $name }, { $on }
files-older = Anteriores
files-none = No se guarda ningún archivo tuyo.
file-here = Aquí está { $name }, { $size } kB.
file-care = Se envió solo para este reto. Guárdalo para ti y ábrelo con el cuidado que merece cualquier archivo ajeno.

# Cuando esperan muchos.
overview = Días por revisar
intro = Elige un reto y míralos uno tras otro. Lo que tiene delante otro moderador no te llega a ti.
pick = Elige un reto
option =
    { $count ->
        [one] { $challenge }: espera uno
       *[other] { $challenge }: esperan { $count }
    }
none = Ningún día marcado espera a un moderador.
next-none = Aquí ya no espera nada. Gracias.
next-others = Lo que aún espera aquí no es para ti: es tuyo o de tu equipo, o lo tiene delante otro moderador en este momento.
queue =
    { $count ->
        [one] Un día marcado espera a que alguien lo mire.
       *[other] { $count } días marcados esperan a que alguien los mire.
    }
queue-about = Unos { $count } días marcados esperan a que alguien los mire. Míralos aquí uno tras otro, entre cuantos queráis.
queue-done = Todo lo que esperaba aquí ya se ha mirado. Gracias.
ended =
    { $count ->
        [one] Pasó el último día, y algo que alguien marcó aún espera una mirada. El resultado lo espera, tres días como mucho.
       *[other] Pasó el último día, y { $count } días marcados aún esperan a que alguien los mire. El resultado los espera, tres días como mucho.
    }

# Lo que leen los miembros.
told-refused-title = Un día que no contó
told-refused = Los moderadores miraron lo que enviaste para { $day } de { $challenge }, y no contó.
told-why = Dicen: «{ $reason }»
told-why-gone = El motivo ya no se guarda.
told-refused-answer = Si se les escapó algo, responde una vez y se mira de nuevo.
told-refused-last = Se miró de nuevo tras tu respuesta, así que queda como está.
told-refused-over = El reto terminó, así que queda como está.
told-counted-title = Tu día cuenta
told-counted =
    { $points ->
        [0]
            { $again ->
                [yes] Los moderadores miraron de nuevo lo que enviaste para { $day } de { $challenge }: cuenta. Gracias por decirlo.
               *[no] Lo que enviaste para { $day } de { $challenge } cuenta.
            }
        [one]
            { $again ->
                [yes] Los moderadores miraron de nuevo lo que enviaste para { $day } de { $challenge }: cuenta, con un punto más. Gracias por decirlo.
               *[no] Los moderadores dieron un punto más a lo que enviaste para { $day } de { $challenge }.
            }
       *[other]
            { $again ->
                [yes] Los moderadores miraron de nuevo lo que enviaste para { $day } de { $challenge }: cuenta, con { $points } puntos más. Gracias por decirlo.
               *[no] Los moderadores dieron { $points } puntos más a lo que enviaste para { $day } de { $challenge }.
            }
    }
answer = Responder
    .title = Responder
    .words = ¿Qué habría que ver de otra manera?
    .words-hint = Lo leen los moderadores junto a lo que enviaste. Se responde una vez
anew = Volver a marcarlo
answered = Gracias. Los moderadores lo miran de nuevo, con lo que dices al lado, y te avisamos.
mine = Lo que no contó
mine-intro = Elige un día para leer por qué no contó, y para responder.
mine-pick = Elige un día
mine-option = Día { $day }: { $challenge }
mine-none = Nada de lo que marcaste en los retos en marcha se rechazó.

# Lo que no se acepta, junto a su campo.
refused-no-words = Este reto pide unas palabras sobre lo que hiciste. ¿Qué hiciste?
refused-no-link = Este reto pide un enlace a lo que hiciste. ¿Dónde se puede ver?
refused-no-image = Este reto pide una imagen. Vale PNG, JPEG, GIF o WebP.
refused-no-file = Este reto pide un archivo. Vale una imagen, sonido, vídeo, PDF o texto sin formato.
refused-file-empty = En este archivo no hay nada. ¿Quizá aún se estaba guardando? Añádelo otra vez.
refused-file-large =
    { $most ->
        [one] Este archivo pasa de { $most } MB. Vale una copia más pequeña, o un enlace.
       *[other] Este archivo pasa de { $most } MB. Vale una copia más pequeña, o un enlace.
    }
refused-file-pixels = Esta imagen dice tener más de { $most } millones de píxeles, y podría bloquear los dispositivos de quienes la miren. Vale una copia más pequeña.
refused-file-image = Esto no parece una imagen PNG, JPEG, GIF o WebP completa, diga lo que diga su nombre. Una captura de pantalla siempre lo es; los teléfonos también pueden guardar en JPEG.
refused-file-type = Los archivos de este tipo no se aceptan, porque nadie podría mirarlos sin riesgo. Vale una imagen, sonido, vídeo, PDF o texto sin formato, o un enlace.
refused-file-room = En esta comunidad no queda sitio para archivos en este momento. También vale un enlace.
refused-file-gone = Este archivo ya no se guarda. Los archivos se borran cuando se retira lo enviado, y 30 días después del reto.

# Lo que se dice en su lugar a moderadores y miembros.
refused-unknown = Esto ya no está aquí, o no te corresponde verlo.
refused-gone = Este reto ya no está aquí.
refused-own = Esto lo marcaste tú, así que lo mira otra persona.
refused-own-yet = Este día es tuyo, así que lo mira otra persona. Si nadie puede, te toca a ti desde el { $until }: toda la moderación que Laurel conoce tiene parte en ello.
refused-team-yet = Este día es de alguien de tu equipo, así que lo mira otra persona. Si nadie puede, te toca a ti desde el { $until }: toda la moderación que Laurel conoce tiene parte en ello.
refused-team = Esto lo marcó alguien de tu equipo, así que lo mira otra persona.
refused-over = Este reto terminó, así que en él ya no se decide nada.
refused-points-most =
    { $most ->
        [one] En este reto, lo máximo es un punto de más.
       *[other] En este reto, lo máximo son { $most } puntos de más.
    }
refused-points-none = En este reto nadie suma puntos a mano. Basta con contarlo.
late-counted = Ya cuenta, así que no queda nada que decidir.
late-counted-by = { $who } llegó un poco antes: cuenta, desde { $when }.
late-counted-you = Ya lo contaste.
late-refused = Ya se rechazó, así que no queda nada que decidir.
late-refused-by = { $who } llegó un poco antes: no cuenta, desde { $when }.
late-refused-you = Ya decidiste que no cuenta. Quien lo marcó puede responder una vez.
late-taken-back = Quien lo marcó lo retiró, así que no queda nada que decidir.
refused-answered = A esto ya respondiste, y una vez es lo máximo.
refused-counted = Este día ya cuenta, así que no hay nada que responder.
refused-waiting = Este día está por revisar, así que aún no hay nada que responder.
refused-taken-back = Lo retiraste, así que no hay nada que responder.
refused-answer-over = Este reto terminó, así que lo decidido queda como está. Sobre el resultado mismo se puede abrir una disputa mientras haya plazo.
refused-anew = Volviste a marcar el día { $day }, y se mira eso.
