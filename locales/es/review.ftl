# Candidaturas: cómo se miran, se deciden, se anuncian y se explican.

review = Lo que te espera
    .title = Lo que te espera
    .help = Mira las candidaturas y los recursos que esperan, primero los más antiguos
why = ¿Por qué se decidió así?
    .title = ¿Por qué se decidió así?
    .help = Mira cómo se tomó una decisión sobre ti o sobre alguien que propusiste
appeal = Recurrir
    .title = Recurrir
    .help = Pide que otra persona mire una decisión sobre ti o sobre quien propusiste
    .which = Qué decisión
    .which-hint = Solo lo decidido en los últimos 30 días, y una vez cada decisión
    .words = ¿Qué habría que ver de otra manera?
    .words-hint = Lo leen los moderadores. No responde quien decidió

# La tarjeta que ven los moderadores.
card = Candidatura: { $award }
card-who =
    { $blind ->
        [yes]
            { $count ->
                [0] Alguien propuso a { $nominee }; ya nadie mantiene la propuesta.
                [one] Una persona propuso a { $nominee }. Aquí no se ve quién fue.
               *[other] { $count } personas propusieron a { $nominee }. Aquí no se ve quiénes son.
            }
       *[no]
            { $count ->
                [0] Alguien propuso a { $nominee }; ya nadie mantiene la propuesta.
                [one] Una persona propuso a { $nominee }.
               *[other] { $count } personas propusieron a { $nominee }.
            }
    }
card-open =
    { $again ->
        [yes] Se abrió de nuevo tras un recurso, { $since }. Quien decidió antes lo deja ahora a los demás.
       *[no] Llegó { $since } y espera a que alguien lo mire.
    }
card-asked = { $who } pidió algo más { $since }. Se puede decidir igualmente.
card-asked-settled = Se pidió algo más a quienes propusieron { $since }. Se puede decidir igualmente.
card-won = **Aprobada** por { $who }, { $since }.
card-won-settled = **Elegida** por el comité, { $since }.
card-declined = **Rechazada** por { $who }, { $since }.
card-declined-settled = **Rechazada**, { $since }.
card-lost = **Esta vez no**, { $since }.
card-lost-settled = **Esta vez no**, { $since }.
card-withdrawn = **Retirada**, { $since }.
card-withdrawn-settled = **Retirada**, { $since }.
card-reason = Sus palabras: «{ $reason }»
card-committee = Aquí vota un comité. Aun así puedes pedir algo más, o rechazar lo que no corresponde.
card-on-it = Se ocupa
card-nobody = Todavía nadie
card-recused = Se mantiene al margen
card-seats = Plazas de esta ronda
card-seats-left =
    { $left ->
        [0] no queda ninguna de { $most }
        [one] queda una de { $most }
       *[other] quedan { $left } de { $most }
    }
card-standard = Se juzga por
card-version = versión { $number } de lo que pide el premio
card-said = Lo que dicen
card-said-more =
    { $more ->
        [one] Una persona más dice algo: pulsa «Leerlo todo».
       *[other] { $more } personas más dicen algo: pulsa «Leerlo todo».
    }
card-criteria = Lo que marcaron
card-ticked = { $count } de { $of }
card-evidence = Pruebas
card-link = Enlace { $number }
card-links-more =
    { $more ->
        [one] Un enlace más: pulsa «Leerlo todo».
       *[other] { $more } enlaces más: pulsa «Leerlo todo».
    }
people = { $people }
people-more =
    { $more ->
        [one] { $people } y otra persona
       *[other] { $people } y { $more } personas más
    }
quoted = «{ $words }»
listed = { $steps }
who-for-what = { $nominee } · { $award }
nominator = { $who }
nominator-hidden = Alguien
words-erased = Quien escribió estas palabras las borró.

approve = Aprobar
ask = Pedir algo más
    .title = Pedir algo más
    .words = ¿Qué te ayudaría a decidir?
    .words-hint = Llega a quienes propusieron por mensaje directo, sin tu nombre
decline = Rechazar
    .title = Rechazar
    .reason = Por qué
    .reason-hint = Lo leen quienes propusieron, sin tu nombre. Mejor claro y amable
recuse = Abstenerme
take = Me ocupo yo
leave = Ya no me ocupo
words = Leerlo todo
words-title = Lo que se dice de { $nominee }
words-place = { $place } de { $of }
words-none = Aquí ya no hay nada.
before = Anterior
next = Siguiente

approved = { $nominee } gana. Ya se avisa a quien debe saberlo.
declined = Rechazada. Quienes propusieron a { $nominee } reciben tu motivo y cómo recurrir.
asked-done =
    { $count ->
        [one] Ya se lo hemos pedido a quien propuso. La tarjeta mostrará su respuesta.
       *[other] Ya se lo hemos pedido a las { $count } personas que propusieron. La tarjeta mostrará sus respuestas.
    }
recused = Te mantienes al margen de esta. Los demás lo ven en la tarjeta.
taken = Te ocupas tú. Los demás lo ven en la tarjeta.
left = Ya no te ocupas de esta.

# Quien llega después sabe qué se decidió.
late-won = { $who } aprobó esta candidatura, { $when }. Gracias por mirarla también.
late-won-settled = Esta candidatura ya ganó. Gracias por mirarla también.
late-declined = { $who } rechazó esta candidatura, { $when }. Gracias por mirarla también.
late-declined-settled = Esta candidatura ya se rechazó. Gracias por mirarla también.
late-lost = En esta ronda ganaron otras, { $when }, según decidió { $who }. Gracias por mirarla también.
late-lost-settled = En esta ronda ganaron otras, así que esta ya está decidida. Gracias por mirarla también.
late-asked = { $who } pidió algo más a quienes propusieron, { $when }. Aquí verás sus respuestas.
late-asked-settled = Ya se pidió algo más a quienes propusieron. Aquí verás sus respuestas.
late-withdrawn = { $who } retiró esta candidatura, { $when }. Ya no hay nada que decidir.
late-withdrawn-settled = Esta candidatura se retiró, así que ya no hay nada que decidir. Gracias por mirarla.
late-stands = { $who } respondió a este recurso, { $when }: la decisión se mantiene. Gracias por mirarlo también.
late-stands-settled = Este recurso ya tiene respuesta: la decisión se mantiene. Gracias por mirarlo también.
late-reopened = { $who } respondió a este recurso, { $when }: se decide de nuevo. Gracias por mirarlo también.
late-reopened-settled = Este recurso ya tiene respuesta: se decide de nuevo. Gracias por mirarlo también.

refused-unknown = Esta candidatura no está aquí, o ya no te corresponde verla. /why muestra lo que trata de ti.
refused-nominee = Esta trata de ti, así que la deciden otras personas. Es lo justo, también para ti.
refused-nominator = Tú la propusiste, así que la deciden otras personas. Es lo justo para todos.
refused-recused = Te mantienes al margen de esta, como pediste. Se ocupan los demás moderadores.
refused-committee = Este premio lo vota un comité, así que aquí no se aprueba a nadie. Puedes pedir algo más o rechazar.
refused-full =
    { $most ->
        [one] La única plaza de esta ronda está ocupada, así que nadie más puede ganar. Puedes rechazar con un motivo amable. Si la plaza se dio por error, «Retirar» en la tarjeta de quien la tiene la deja libre.
       *[other] Las { $most } plazas de esta ronda están ocupadas, así que nadie más puede ganar. Puedes rechazar con un motivo amable. Si alguna se dio por error, «Retirar» en la tarjeta de quien la tiene la deja libre.
    }
refused-gone = Ya no se puede decidir: la persona propuesta no está aquí ahora.
refused-decided-before = Tú decidiste antes del recurso. Ahora le toca mirarla a otra persona del equipo de moderación.
refused-decided-it = Tomaste parte en esta decisión, así que responde otra persona: alguien más de moderación o de administración.
refused-not-yours = Esta decisión no trata de ti ni de alguien que propusiste. /why muestra las que sí.
refused-no-appeal = Aquí no hay nada que recurrir: solo lo que se rechazó o no se eligió se puede mirar de nuevo, por quien no lo decidió.
refused-moved-on = Mientras tanto se decidió de nuevo. /why muestra cómo está ahora.
refused-appeal-late = Se puede recurrir durante { $days } días después de una decisión, y ese plazo terminó. Puedes proponer de nuevo en la próxima ronda.
refused-appealed = Ya recurriste esta decisión. Te avisaremos en cuanto haya respuesta.

# Lo que espera demasiado.
next-look = una mirada a las candidaturas que esperan
reminder-title = Alguien espera noticias vuestras
reminder =
    { $count ->
        [one] Una candidatura que llegó { $since } todavía espera a que alguien la mire.
       *[other] { $count } candidaturas todavía esperan a que alguien las mire; la más antigua llegó { $since }.
    }
reminder-appeals =
    { $count ->
        [one] Un recurso que llegó { $since } todavía espera respuesta de alguien que no lo haya decidido antes.
       *[other] { $count } recursos todavía esperan respuesta de alguien que no los haya decidido antes; el más antiguo llegó { $since }.
    }
reminder-on-it = Por ahora se ocupan: { $people }
escalation-title = ¿Puedes echar una mano?
escalation =
    { $count ->
        [one] Una candidatura lleva días esperando una decisión: llegó { $since }. Ya lo recordamos a los moderadores. ¿Puedes mirarla con /review, o encontrar a alguien que pueda?
       *[other] { $count } candidaturas llevan días esperando una decisión; la más antigua llegó { $since }. Ya lo recordamos a los moderadores. ¿Puedes mirarlas con /review, o encontrar a alguien que pueda?
    }
escalation-appeals =
    { $count ->
        [one] Un recurso lleva días esperando respuesta: llegó { $since }. Ya lo recordamos a los moderadores, y quien decidió antes no puede responderlo. ¿Puedes mirarlo con /review?
       *[other] { $count } recursos llevan días esperando respuesta; el más antiguo llegó { $since }. Ya lo recordamos a los moderadores, y quien decidió antes no puede responderlos. ¿Puedes mirarlos con /review?
    }
to-queue = Ver lo que espera

queue = Lo que te espera
queue-empty = No espera nada. Gracias por cuidar de esto.
queue-since =
    { $count ->
        [one] llegó { $since }, una propuesta
       *[other] llegó { $since }, { $count } propuestas
    }
queue-on-it = { $said }; se ocupa: { $people }
queue-footer = Página { $page }. Lo que trata de ti no aparece.
queue-open = Abrir …
queue-option = { $nominee }, { $award }
queue-appeal = Recurso: { $nominee }, { $award }
queue-before = Antes
queue-more = Más

# Lo que se dice a quien propuso y a quien fue propuesto.
amend = Decir algo más
see-why = ¿Por qué?
object = Recurrir
    .title = Recurrir
    .words = ¿Qué habría que ver de otra manera?
    .words-hint = Lo leen los moderadores. No responde quien decidió
privacy = Quién puede verme
reason = El motivo: «{ $reason }»
asked-title = Un poco más, por favor
asked = Los moderadores están mirando tu propuesta de { $nominee } para { $award } y quieren saber algo más.
asked-next = Añade lo que puedas con el botón o con /nominations. En cuanto lo hagas, sigue adelante.

won-nominator-title = { $award }: gana quien tú viste
won-nominator = { $nominee } gana { $award }. Tú lo viste y lo dijiste. Gracias.
won-nominee-title = Has ganado: { $award }
won-nominee = Aquí te propusieron para { $award }, y te han elegido. Bien merecido.
won-now = Se anuncia en { $wall }. /why muestra cómo se decidió.
won-moment = Se anuncia en «{ $moment }», { $at }. Guárdalo en secreto hasta entonces, por favor. /why muestra cómo se decidió.
won-unsaid = No se anuncia en ninguna parte, así que cuéntaselo a quien quieras. /why muestra cómo se decidió.
declined-nominator-title = { $award }: esta vez no
declined-nominator = Los moderadores no han aceptado tu propuesta de { $nominee } para { $award }. Gracias por ver lo que hace.
declined-nominator-next = Puedes proponer de nuevo en la próxima ronda, o usar /appeal durante 30 días: entonces lo mira otra persona.
declined-nominee-title = { $award }: esta vez no
declined-nominee = Al final no te han elegido para { $award }. Que te propusieron sigue siendo verdad.
declined-nominee-next = Puedes usar /appeal durante 30 días: entonces lo mira otra persona.
lost-nominator-title = { $award }: esta vez, otras personas
lost-nominator = Esta vez se eligió a otras personas para { $award }. Que viste lo que hace { $nominee } sigue siendo verdad. Gracias.
lost-nominator-next = Puedes proponer de nuevo en la próxima ronda. Si algo se pasó por alto, usa /appeal durante 30 días.
lost-nominee-title = { $award }: esta vez, otras personas
lost-nominee = Esta vez se eligió a otras personas para { $award }. Que te propusieron sigue siendo verdad.
lost-nominee-next = Si algo se pasó por alto, usa /appeal durante 30 días: entonces lo mira otra persona.

won-title = { $award }
won = **{ $nominee }** gana { $award }.
won-about = Para qué es: { $about }
won-count =
    { $count ->
        [one] Una persona lo vio y lo dijo.
       *[other] { $count } personas lo vieron y lo dijeron.
    }
won-picture = Bien merecido
won-alt = { $nominee } gana { $award }.

# Recursos.
appealed = Tu recurso ha llegado. Lo lee alguien que no decidió, y te diremos qué resulta.
appeal-title = Recurso: { $award }
appeal-who = { $who } pide que se mire de nuevo una decisión.
appeal-gone = Alguien que ya no está aquí pidió que se mirara de nuevo una decisión.
appeal-rule = Llegó { $since }. Quien decidió, propuso o fue propuesto deja la respuesta a los demás.
appeal-about = Sobre
appeal-decision = La decisión
appeal-reason = Su motivo
appeal-stands-card = **La decisión se mantiene**, { $when }: «{ $reason }»
appeal-reopened-card = **Se decide de nuevo**, { $when }: «{ $reason }»
reopen = Abrir de nuevo
    .title = Abrir de nuevo
    .reason = Por qué
    .reason-hint = Lo lee quien recurrió, sin tu nombre
uphold = Mantenerla
    .title = Mantenerla
    .reason = Por qué
    .reason-hint = Lo lee quien recurrió, sin tu nombre
upheld = La decisión se mantiene. Quien recurrió recibe tu motivo.
reopened-done = Está abierta de nuevo, para alguien que no la decidió. Ya se avisa a quien sabe de ella.
appeal-stands-title = Tu recurso: la decisión se mantiene
appeal-stands = Alguien que no decidió miró de nuevo a { $nominee } y { $award }. La decisión se mantiene.
appeal-stands-next = Fue la última palabra de esta ronda. La próxima está abierta para todos.
appeal-reopened-title = Se decide de nuevo
appeal-reopened = Alguien que no decidió miró de nuevo a { $nominee } y { $award }. Está abierta de nuevo.
appeal-reopened-next = Esta vez deciden otras personas, y te avisaremos en cuanto lo hagan.
reopened = Tras un recurso se mira de nuevo a { $nominee } para { $award }. Esta vez deciden otras personas, y te avisaremos en cuanto lo hagan.

# Por qué algo se decidió como se decidió.
why-title = Decisiones sobre ti
why-intro = Lo que se decidió sobre ti, y qué fue de tus propuestas.
why-none = Hasta ahora no se ha decidido nada sobre ti, y no has propuesto a nadie. /nominate es un buen comienzo.
why-pick = Explicar …
why-option = { $nominee }, { $award }
why-option-own = Tú, { $award }
why-award = { $award }
why-own = Te propusieron.
why-theirs = Propusiste a { $nominee }.
why-open =
    { $by ->
        [committee] Espera el voto del comité. Llegó { $since }.
       *[moderators] Espera a los moderadores. Llegó { $since }.
    }
why-asked = Los moderadores pidieron algo más, { $when }. Sigue en cuanto alguien responda.
why-won =
    { $by ->
        [committee] **Ganó**, { $when }, por el voto del comité.
       *[moderators] **Ganó**, { $when }, según decidieron los moderadores.
    }
why-lost =
    { $by ->
        [committee] **Esta vez no**, { $when }: los votos del comité fueron para otras personas.
        [seats] **Esta vez no**, { $when }: las plazas de esta ronda fueron para otras personas.
       *[moderators] **Esta vez no**, { $when }, según decidieron los moderadores.
    }
why-declined = **Rechazada**, { $when }, por los moderadores.
why-withdrawn = **Retirada**, { $when }. No se decidió nada.
why-version =
    { $criteria ->
        [0] versión { $number } de lo que pide el premio
        [one] versión { $number } de lo que pide el premio, con un punto que comprobar
       *[other] versión { $number } de lo que pide el premio, con { $criteria } puntos que comprobar
    }
why-steps = Antes de eso
why-appeal-waits = Recurriste, y responderá alguien que no decidió.
why-appeal-stands = Recurriste, y la decisión se mantiene.
why-appeal-reopened = Recurriste, y se abrió de nuevo.
was-open = se abrió de nuevo { $when }
was-asked = se pidió algo más { $when }
was-won = ganó { $when }
was-lost = no se eligió { $when }
was-declined = se rechazó { $when }
was-withdrawn = se retiró { $when }
to-rules = Las reglas de aquí

take-back = Retirar
    .title = Retirar
    .reason = Por qué
    .reason-hint = Lo leen quien ganó y quienes propusieron, sin tu nombre
taken-back = Retirado. { $nominee } y quienes propusieron reciben tu motivo y cómo recurrir, y la plaza queda libre.
    .title = { $award }: retirado
    .nominator = Los moderadores han retirado que { $nominee } gane { $award }. Tu propuesta fue tan bienvenida como antes.
    .nominee = Los moderadores han retirado que ganes { $award }.
    .next = Puedes usar /appeal durante 30 días: entonces lo mira otra persona. Donde se anunció, ya no está.
card-taken-back = **Retirado** por { $who }, { $since }. La plaza queda libre.
refused-not-won = Esto no ha ganado, o ya no, así que no hay nada que retirar.
refused-stands =
    { $days ->
        [one] Esto se decidió hace más de un día, así que se mantiene.
       *[other] Esto se decidió hace más de { $days } días, así que se mantiene.
    }
reopened-full = Se decide de nuevo, por alguien que no decidió antes. Todas las plazas de la ronda están ocupadas: se puede aprobar cuando quede una libre, con «Retirar» en la tarjeta de quien ganó, y si no, rechazar.
