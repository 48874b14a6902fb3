# Con qué reglas van las cosas aquí, para todo el mundo.

rules =
    .help = Con qué reglas van las cosas aquí: los reconocimientos y cada premio
title = Cómo funciona aquí
intro = Agradecer a alguien con /shoutout sigue estas reglas.
allowance = Puedes agradecer
allowance-of =
    { $count ->
        [one] A una persona al día
       *[other] A { $count } personas al día
    }
roles = Con algunos roles
role-allowance = { $role } { $count }
role-counts = { $counts } al día
cooldown = Las mismas dos personas
cooldown-of =
    { $hours ->
        [0] Tantas veces como quieran
        [one] Con una hora de por medio, en ambos sentidos
       *[other] Con { $hours } horas de por medio, en ambos sentidos
    }
undo = Deshacer
undo-of =
    { $minutes ->
        [0] No sin motivo: /retract lo pide
        [one] Durante un minuto; después con un motivo, con /retract
       *[other] Durante { $minutes } minutos; después con un motivo, con /retract
    }
reason = Un motivo tiene
reason-of = De { $least } a { $most } caracteres
boards = En la clasificación
boards-of = De cada persona cuentan { $day } al día, y una al día a la misma. Entre las mismas dos personas, cada vez más dentro de { $repeats } días cuenta la mitad, agradezca quien agradezca; y otra vez la mitad si las gracias dan la vuelta entre tres dentro de { $around } días. Lo que se retira devuelve lo que contó.
shoutouts = Reconocimientos
awards = Premios
no-awards = Todavía no hay premios.
more-awards =
    { $count ->
        [one] Hay un premio más en la lista de abajo.
       *[other] Hay { $count } premios más en la lista de abajo.
    }
waiting = Mientras espera
waiting-of =
    { $remind ->
        [one] Cuando una candidatura o un recurso lleva un día esperando una decisión, se avisa a los moderadores. Después de { $escalate } días se pide ayuda a administradores que no tengan parte en ello.
       *[other] Cuando una candidatura o un recurso lleva { $remind } días esperando una decisión, se avisa a los moderadores. Después de { $escalate } días se pide ayuda a administradores que no tengan parte en ello.
    }
open = Las nominaciones están abiertas
open-until = Las nominaciones están abiertas hasta { $at }
opens = Las nominaciones se abren { $at }
closed = Las nominaciones están cerradas por el momento
removed = Este premio ya no se da
committee = Quién está en el comité
read-on = Leer más …
of-award = { $name }
of-shoutouts = Reconocimientos, con versiones anteriores

award = { $name }
since = Versión { $number }, desde { $on }
numbered = Versión { $number }, { $on }
this-round = La ronda que está abierta va con estas reglas hasta el final. La próxima irá con la versión { $number }.
next-round = Estas reglas valen desde la próxima ronda. La que está abierta va con la versión { $number }.
earlier = Esta es una versión anterior. Ahora vale la versión { $number }.
other-version = Otra versión …
to-version = Versión { $number }
back = Todas las reglas

what-changed = Qué cambió la versión { $number }
what-is-different = Qué es distinto desde la versión { $number }
nothing-different = Nada que por ahora cambie algo.
was-now = { $now }. Antes: { $was }
only-now = { $now }. Antes no se pedía nada
no-more = Ya no se pide. Antes: { $was }
about-anew = Está escrito de nuevo
listed = { $parts }
items-new = nuevo: { $items }
items-gone = fuera: { $items }
items-evidence = otra prueba en: { $items }
items-order = en otro orden

refused-gone = Estas reglas no constan aquí. /rules muestra las que sí.
