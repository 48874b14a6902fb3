# Lo que Laurel sabe hacer, para quien pregunte.

help =
    .title = Lo que Laurel sabe hacer
    .help = Lo que puedes hacer aquí, y cómo funciona

title = Lo que puedes hacer aquí
command = /{ $name }
entry =
    { $role ->
        [moderator] { $does } · para moderación
        [admin] { $does } · para administración
       *[member] { $does }
    }
menu = En el menú de un mensaje
    .entries = { $titles }
thanks =
    { $count ->
        [one] Cuando alguien haga algo que merezca verse, dale las gracias con /shoutout. Puedes agradecer a una persona al día; el nuevo día empieza en tu propia medianoche.
       *[other] Cuando alguien haga algo que merezca verse, dale las gracias con /shoutout. Puedes agradecer a { $count } personas al día; el nuevo día empieza en tu propia medianoche.
    }
cooldown =
    { $hours ->
        [0] Las mismas dos personas pueden darse las gracias tantas veces como quieran.
        [one] Entre dos reconocimientos de las mismas dos personas pasa una hora, en ambos sentidos.
       *[other] Entre dos reconocimientos de las mismas dos personas pasan { $hours } horas, en ambos sentidos.
    }
undo =
    { $minutes ->
        [0] Un reconocimiento dado queda dado. Con /retract puedes retirarlo, con un motivo.
        [one] Puedes deshacer un reconocimiento durante un minuto. Después, con /retract puedes retirarlo, con un motivo.
       *[other] Puedes deshacer un reconocimiento durante { $minutes } minutos. Después, con /retract puedes retirarlo, con un motivo.
    }
page = Página { $number } de { $pages }
next = Siguiente
back = Anterior
