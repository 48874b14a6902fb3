# Mensajes que no se pudieron entregar.

undelivered =
    .title = Mensajes sin entregar
    .help = Mira qué mensajes no se pudieron entregar y vuelve a intentarlo

title = Mensajes sin entregar
intro =
    { $count ->
        [one] Hay un mensaje apartado. Todo lo demás sigue su curso.
       *[other] Hay { $count } mensajes apartados. Todo lo demás sigue su curso.
    }
empty = Todos los mensajes se entregaron. No hay nada que hacer.
unseen =
    { $count ->
        [one] Un mensaje de los últimos { $days } días puede estar dos veces: no hubo respuesta, y Laurel no puede mirar qué hay allí.
       *[other] { $count } mensajes de los últimos { $days } días pueden estar dos veces: no hubo respuesta, y Laurel no puede mirar qué hay allí.
    } Quien lleva Laurel puede dejarle mirar: laurel check nombra el permiso.
queued = Vuelve a estar en camino. Si esta vez tampoco se puede entregar, regresa aquí.
not-there = Este ya no está apartado: está en camino, o se retiró.
again = Intentar de nuevo…
entry = { $number }. { $place }, desde { $since }
    .stands = { $number }. { $place }, por retirar desde { $since }
channel = { $channel }
direct = Un mensaje directo
more =
    { $count ->
        [one] Hay uno más, que se verá cuando haya sitio.
       *[other] Hay { $count } más, que se verán cuando haya sitio.
    }
# Por qué no se pudo entregar y qué se puede hacer.
reason =
    { $reason ->
        [channel-gone] El canal ya no existe. Elige otro en /laurel setup: los agradecimientos que esperan lo siguen allí.
        [no-permission] Laurel no puede publicar ahí. Déjale ver el canal y escribir en él, y vuelve a intentarlo.
        [member-gone] Ya no está en la comunidad. No hay nada que hacer.
        [member-unreachable] No recibe mensajes directos de Laurel. No hay nada que hacer, salvo que lo pida: entonces, vuelve a intentarlo.
        [restored] Se restauró una copia de seguridad. Puede que esto ya se haya dicho: mira primero en el canal y luego vuelve a intentarlo o déjalo estar.
        [undrawable] No se le pudo dar una forma que se pueda enviar. Avisa a quien mantiene Laurel y vuelve a intentarlo tras la próxima actualización.
       *[other] La plataforma no lo aceptó, por más que Laurel lo intentó. Vuelve a intentarlo cuando todo vaya bien allí.
    }
reason-wanting = A Laurel le falta un permiso ahí: { $permissions }. Dáselo al rol de Laurel en los ajustes del canal y vuelve a intentarlo.
note = No se pudo entregar un mensaje: { $place }
    .stands = Una publicación retirada sigue visible: { $place }
    .next = /laurel undelivered muestra lo apartado y permite intentarlo de nuevo. No hay prisa: no se pierde nada.
# Lo que el calendario no pudo hacer.
stuck = Algo del calendario no se pudo hacer
    .due = Tocaba el { $due }. Laurel lo intentó una y otra vez, y lo ha apartado. Todo lo demás sigue su curso.
    .unread = Laurel ya no puede saber cuándo toca, y lo ha apartado. Todo lo demás sigue su curso.
    .next = Avisa a quien mantiene Laurel: el registro dice qué lo impidió.
# Lo que está donde debe, pero no se pudo fijar ahí.
unpinned = No se pudo fijar un mensaje: { $place }
    .reason =
        { $reason ->
            [pin-limit] Ahí ya hay tantos mensajes fijados como caben. Quita alguno que ya no haga falta.
            [no-permission] Laurel no puede fijar mensajes ahí. Déjale fijarlos.
            [no-scope] Laurel se instaló sin permiso para fijar. Vuelve a añadirlo al espacio de trabajo y deja marcado “pins:write”.
           *[other] La plataforma no lo aceptó, por más que Laurel lo intentó.
        }
    .wanting = A Laurel le falta un permiso ahí: { $permissions }. Dáselo al rol de Laurel en los ajustes del canal.
    .next = El mensaje en sí está publicado y se mantiene al día. Laurel intenta fijarlo de nuevo cada vez que cambia; también puedes fijarlo a mano.
# Lo que va en un hilo y tuvo que ir al canal mismo.
unthreaded = No se pudo abrir un hilo: { $place }
    .reason = Laurel no puede abrir hilos ahí. Déjale abrirlos, en los ajustes del canal.
    .wanting = A Laurel le falta un permiso ahí: { $permissions }. Dáselo al rol de Laurel en los ajustes del canal.
    .next = No se pierde nada: lo que va en el hilo, como las propuestas de un reto, se dice en el canal mismo. En cuanto Laurel pueda, lo siguiente va en un hilo.
# Donde la plataforma tiene un calendario propio y Laurel no puede escribir en él.
unshown = El calendario no se puede mostrar entre los eventos
    .reason =
        { $reason ->
            [no-permission] Laurel no puede crear eventos aquí. Déjale crearlos y los próximos momentos aparecerán ahí.
            [events-full] Aquí ya hay tantos eventos como caben. Cuando pasen algunos, los próximos momentos aparecerán ahí.
           *[other] La plataforma no los aceptó. Laurel vuelve a intentarlo por sí mismo.
        }
    .wanting = A Laurel le falta un permiso aquí: { $permissions }. Dáselo al rol de Laurel en los ajustes del servidor y los próximos momentos aparecerán ahí.
    .next = Todo lo demás sigue su curso, y /calendar lo muestra todo. Laurel vuelve a intentarlo cada vez que el calendario cambia, y varias veces al día.
