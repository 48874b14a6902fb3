# Comités: elegidos por sorteo, con votación secreta.

draw =
    .title = Sortear un comité
    .help = Elige un comité por sorteo, de modo que cualquiera pueda comprobarlo
    .seats = Puestos
    .seats-hint = Cuántas personas deciden, de 3 a 25
    .days = Días
    .days-hint = Cuánto dura su mandato, de 7 a 366
    .backups = Suplentes
    .backups-hint = Entran si alguien se va; 2 si no dices otra cosa
show =
    .help = Mira quién está en el comité, qué vota y con qué reglas
vote =
    .help = Vota, si estás en el comité; nadie más ve qué
step-down =
    .help = Deja el comité; un suplente ocupa tu puesto
close =
    .title = Cerrar una votación
    .help = Cierra una votación antes de tiempo, si ya votó gente suficiente
    .which = Cuál

# Lo próximo que vence, para quien adelanta el reloj del patio.
due-draw = el sorteo de un comité
due-end = el fin del mandato de un comité
due-count = el fin de una votación

## El sorteo

begun-title = El sorteo ha empezado
begun = La lista de quienes pueden salir queda registrada, y su huella va a { $place }. En cuanto esté allí se sortea el comité: { $at } como muy pronto.
short =
    { $missing ->
        [one] Falta una persona: por ahora pueden salir { $available }.
       *[other] Faltan { $missing } personas: por ahora pueden salir { $available }.
    }
short-why = Puede salir quien Laurel conoce aquí y ha visto en los últimos 90 días, a quien se puede nombrar y escribir, y que no tuvo puesto en el último comité.
fewer-seats =
    { $seats ->
        [one] Sortear 1 puesto
       *[other] Sortear { $seats } puestos, { $backups ->
            [0] sin suplentes
            [one] 1 suplente
           *[other] { $backups } suplentes
        }
    }
pooled = Se va a sortear un comité
pooled-who =
    { $people ->
        [one] Puede salir una persona
       *[other] Pueden salir { $people } personas
    }, para { $seats } puestos y { $backups ->
        [0] ningún suplente
        [one] 1 suplente
       *[other] { $backups } suplentes
    }.
pooled-next = La lista queda registrada y ya no se puede cambiar; esta es su huella. Solo ahora que está aquí tira Laurel los dados, así que nadie puede ajustar lo uno a lo otro.
digest = Huella de la lista (SHA-256)
digest-coming = Huella de la lista del próximo sorteo
seed = Semilla
pool = Se sorteó entre
asked-for =
    { $people ->
        [one] 1 persona
       *[other] { $people } personas
    }: { $seats } puestos, { $backups ->
        [0] sin suplentes
        [one] 1 suplente
       *[other] { $backups } suplentes
    }
plain = { $text }
drawn = Ya hay comité
drawn-footer = La lista y la semilla están en la auditoría, así que cualquiera puede repetir el sorteo. /committee show dice cómo funciona.
who = Hasta { $until }: { $people }.
who-more = { $people }.
nobody = Hasta { $until }, pero ahora mismo no hay nadie en él.
unnamed =
    { $count ->
        [one] una persona más
       *[other] { $count } más
    }
backups =
    { $count ->
        [one] Hay un suplente que entraría.
       *[other] Hay { $count } suplentes que entrarían.
    }
dropped = El comité no se sorteó: durante un día no se pudo publicar la huella. Cuando el canal vuelva a admitir mensajes, /committee draw empieza de nuevo.

## Quienes están en él

seated-title = Estás en el comité
seated = Saliste en el sorteo y tienes un puesto hasta { $until }. Te escribiré cuando haya algo que votar.
seated-next = Tus votos son secretos. Si no te viene bien, déjalo: un suplente ocupa tu puesto, y nadie pregunta por qué.
backup-title = Quedaste como suplente
backup =
    { $turn ->
        [one] En el sorteo quedaste en primer lugar para entrar, si alguien deja el comité antes de { $until }. Hasta entonces no hay nada que hacer.
       *[other] En el sorteo quedaste en el lugar { $turn } para entrar, si alguien deja el comité antes de { $until }. Hasta entonces no hay nada que hacer.
    }
step-down-now = Dejar el comité
leave-sure = ¿Dejar el comité? Un suplente ocupa tu puesto. Lo que hayas votado en las votaciones abiertas se retira, porque tu puesto tiene un solo voto.
leave-yes = Sí, dejarlo
left = Has dejado el comité. Gracias por el tiempo que le diste.
term-over = El mandato del comité ha terminado. /committee draw sortea el siguiente; nadie repite dos veces seguidas.

## La votación

waiting = Se cerraron las candidaturas para { $award } y decide el comité, pero no hay ninguno. /committee draw sortea uno, que vota en cuanto sale. Con /committee close pueden decidir los moderadores en su lugar.
handed = El comité no pudo decidir sobre { $award }: votaron muy pocos, o podían muy pocos. Lo que queda abierto es para los moderadores.
undecided = El comité votó sobre { $award }, pero sobre alguien no podía votar nadie: nadie era imparcial. Lo que queda abierto es para los moderadores.
invited-title = { $award }: la votación
invited =
    { $count ->
        [one] Hay una persona nominada, y decide el comité. Puedes votar hasta { $until }, y cambiar tu voto hasta que se cierre la votación. Nadie ve qué votas.
       *[other] Hay { $count } personas nominadas que puedes votar, y decide el comité. Puedes votar hasta { $until }, y cambiar tus votos hasta que se cierre la votación. Nadie ve qué votas.
    }
reminded = Por ahora ha votado muy poca gente, así que hay más tiempo: hasta { $until }. Si entonces no basta, deciden los moderadores. Tu voto hace falta.
vote-now = Votar
ballot-counted = La votación de { $award } ha terminado y está contada. Gracias.
ballot-handed = La votación de { $award } ha terminado. Votaron muy pocos, o podían muy pocos, así que deciden los moderadores.
ballot-empty = La votación de { $award } se anula: no queda nadie sobre quien votar.
ballot-left = Ya no estás en el comité, así que aquí no hay nada que votar.
paper =
    { $count ->
        [0] Has votado sobre todas las personas que puedes. Puedes cambiarlo hasta { $until }, o hasta que hayan votado todos.
        [one] Te queda una persona por votar, hasta { $until } o hasta que hayan votado todos.
       *[other] Te quedan { $count } personas por votar, hasta { $until } o hasta que hayan votado todos.
    }
paper-rule =
    { $winners ->
        [one] Di sí a cuantas quieras: gana quien tenga más síes, si son más que los noes.
       *[other] Di sí a cuantas quieras: ganan las { $winners } con más síes, si son más que los noes.
    }
paper-blind = Es una revisión a ciegas: no se muestra quién las nominó.
page = Página { $number } de { $pages }
pick = Mirar a alguien y votar
nominee = { $name }
somebody = alguien que ya no está
row =
    { $count ->
        [0] Sin nominaciones
        [one] Nominación de una persona
       *[other] Nominación de { $count } personas
    } · { $vote }
voted-yes = dijiste sí
voted-no = dijiste no
voted-abstain = te abstuviste
voted-not-yet = aún no has votado
recused-nominee = esta persona eres tú, así que deciden otros
recused-nominator = la nominación es tuya, así que deciden otros
recused-pair = hay muchas gracias entre esta persona y tú, así que deciden otros
recused-team = es de tu equipo, así que deciden otros
recused-wish = lo dejaste a otros
look = { $name } para { $award }
said-by = { $name } dice
said-by-somebody = Alguien dice
said = «{ $words }»
said-linked = «{ $words }» { $links }
said-gone = Las palabras ya no se conservan.
criteria = Lo que pide el premio
criterion = { $text }
ticked =
    { $of ->
        [one] { $count ->
            [0] Sin marcar
           *[other] Marcado
        }
       *[other] Marcado por { $count } de { $of }
    }
choose-yes = Sí
choose-no = No
choose-abstain = Abstenerme
choose-recuse = Dejarlo a otros
back-to-ballot = Toda la votación
back = Volver
more = Más
other = También: { $award }
noted-yes = Anotado: sí a { $name }.
noted-no = Anotado: no a { $name }.
noted-abstain = Anotado: te abstienes sobre { $name }.
noted-recused = Dejas a otros lo de { $name }.
voted-last = Ya no falta el voto de nadie, así que la votación está cerrada. Gracias.
closed-counted = La votación está cerrada y contada.
closed-dropped = La votación está cerrada. No queda nadie sobre quien votar.
closed-handed = La votación está cerrada. Lo que queda abierto lo deciden los moderadores.

## Resultados

result = { $award }: el voto del comité
result-won =
    { $count ->
        [one] { $winners } gana { $award }.
       *[other] { $winners } ganan { $award }.
    }
result-voters =
    { $count ->
        [one] Votó una persona del comité.
       *[other] Votaron { $count } personas del comité.
    }
result-later = Está decidido. Quién ganó se dirá en su momento.
result-nobody = Esta vez no salió nadie.
result-taken-back =
    { $count ->
        [one] Después, los moderadores han retirado un premio. /why se lo explica a quien le toca.
       *[other] Después, los moderadores han retirado { $count } premios. /why se lo explica a quien le toca.
    }
result-picture = Bien merecido
result-others =
    { $count ->
        [one] Había otra persona nominada. Gracias por haber estado ahí.
       *[other] Había otras { $count } personas nominadas. Gracias por haber estado ahí.
    }
result-handed = Votaron muy pocos del comité, o podían muy pocos. Como dicen las reglas, deciden los moderadores.
result-footer = Quién votó qué es secreto. /committee show dice cómo funciona.
winner = Gana { $member }
winner-unnamed = Gana
votes = { $yes } sí, { $no } no, { $abstain } abstenciones

## Lo que cualquiera puede consultar

title = El comité
none = Todavía no hay comité.
served = El mandato del último comité ha terminado.
none-desk = /committee draw sortea el siguiente.
coming = Está a punto de sortearse un comité. La lista de quienes pueden salir ya está registrada.
underway = Lo que vota
underway-award = { $award }
underway-waiting = Espera a que haya comité
underway-voters =
    { $count ->
        [one] Ha votado una persona
       *[other] Han votado { $count } personas
    }; hacen falta { $quorum }. Hasta { $until }, o hasta que hayan votado todos.
rules = Cómo funciona
    .see = Cómo funciona
rule-draw = El comité sale por sorteo entre los miembros vistos en los últimos 90 días, a quienes se puede nombrar y escribir, y que no tuvieron puesto en el último. La huella de esa lista se publica antes de que exista la semilla, así que nadie puede elegir quién sale.
rule-turns = Nadie repite antes de que a cada cual le haya tocado: va primero quien no ha tenido puesto en la ronda y, cuando todo el mundo lo ha tenido, empieza la siguiente. Quien llega entretanto entra en el sorteo con la suerte que tendría cualquiera si no hubiera turnos, y desde la ronda siguiente espera su turno como los demás. Nadie tiene nada que recuperar.
rule-vote =
    { $days ->
        [one] El comité vota durante un día. Cada cual vota sí, no o se abstiene sobre cada persona nominada; los votos son secretos y se pueden cambiar hasta que se cierre la votación.
       *[other] El comité vota durante { $days } días, o hasta que termine su mandato. Cada cual vota sí, no o se abstiene sobre cada persona nominada; los votos son secretos y se pueden cambiar hasta que se cierre la votación.
    }
rule-count = Ganan quienes tienen más síes, si son más que los noes. El empate es para quien haya ganado menos veces y, si sigue, para la nominación más temprana.
rule-quorum =
    { $days ->
        [one] Si votan menos de los que pide el premio, hay un día más, una sola vez. Si aun así son pocos, deciden los moderadores.
       *[other] Si votan menos de los que pide el premio, hay { $days } días más, una sola vez. Si aun así son pocos, deciden los moderadores.
    }
rule-recused = Nadie vota sobre sí, sobre quien nominó, sobre alguien con quien cruzó { $times } agradecimientos o más en los últimos { $days } días, ni sobre quien comparte un equipo que nombra el premio. Cualquiera puede dejar una decisión a otros.

## Negativas

refused-nowhere = No hay canal en el que publicar la huella. Un admin puede elegir un muro en /laurel setup.
refused-few =
    { $missing ->
        [one] Un comité necesita al menos { $least } personas, y falta una. Puede salir quien se haya visto en los últimos 90 días, a quien se pueda nombrar y escribir, y que no tuviera puesto en el último.
       *[other] Un comité necesita al menos { $least } personas, y faltan { $missing }. Puede salir quien se haya visto en los últimos 90 días, a quien se pueda nombrar y escribir, y que no tuviera puesto en el último.
    }
refused-many = Aquí podrían salir { $people } personas, y la lista que se registra antes de un sorteo admite { $most } como mucho. Por eso no se puede sortear un comité. Pueden decidir los moderadores: con /award edit se elige para cada premio.
refused-drawing = Ya se está sorteando un comité. /committee show dice cómo va.
refused-serving = Hay un comité hasta { $until } con todos sus puestos ocupados. El siguiente puede sortearse después.
refused-not-seated = Esto es para quienes tienen un puesto en el comité. /committee show dice quiénes son.
refused-not-in = No estás en el comité, así que no hay nada que dejar.
refused-term-over = El mandato del comité ha terminado, así que ya no vota. Gracias por haber estado en él.
refused-closed = Esta votación está cerrada: ya no se puede votar ni cambiar el voto.
refused-decided = Esto ya está decidido, así que no hay nada que votar.
refused-nothing = Ahora mismo no hay nada que votar. Te escribiré cuando lo haya.
refused-quorum =
    { $missing ->
        [one] Falta un voto para el mínimo. La votación se cierra sola { $until }.
       *[other] Faltan { $missing } votos para el mínimo. La votación se cierra sola { $until }.
    }
refused-nominee = Se trata de ti, así que deciden otros.
refused-nominator = La nominación es tuya, así que de esto deciden otros.
refused-pair = Hay muchas gracias entre esta persona y tú, así que de esto deciden otros.
refused-team = Es de tu equipo, así que de esto deciden otros.
refused-wish = Lo dejaste a otros, y así queda.
