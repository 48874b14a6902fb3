# Cómo se reparten los agradecimientos, para quienes moderan.

fairness =
    .title = Cómo se reparten las gracias
    .help = Mira con qué equilibrio se agradece aquí; te llega solo a ti

counting = Se están contando los agradecimientos de los últimos meses. El resultado te llega por mensaje directo, casi siempre en un minuto.
    .already = Ya se está contando, y te llega por mensaje directo.
month =
    .comes = El primer lunes de cada mes, las cifras llegan a { $channel }, sin ningún nombre.
    .off = No llega ningún informe por sí solo. Podría llegar a { $channel } el primer lunes de cada mes, sin ningún nombre.
    .nowhere = Cada mes, las cifras pueden llegar por sí solas a quienes moderan: elige un canal para ello en /laurel setup.
    .start = Enviarlo cada mes
    .stop = No cada mes
show = Envíamelo entero
refused-no-channel = No hay ningún canal de moderación al que enviarlo. Elige uno en /laurel setup y vuelve a intentarlo.
uncounted = No se pudieron contar los agradecimientos
    .next = Tardaba demasiado, o algo lo impidió. No se pierde nada: prueba /fairness de nuevo más tarde. Si sigue así, avisa a quien mantiene Laurel: el registro dice por qué.

title = Cómo se reparten los agradecimientos
counted =
    { $count ->
        [0] Del { $since } al { $until } no se agradeció nada en público.
        [one] Del { $since } al { $until }: un agradecimiento en público.
       *[other] Del { $since } al { $until }: { $count } agradecimientos en público, de { $givers } a { $receivers }.
    }
people =
    { $count ->
        [one] una persona
       *[other] { $count } personas
    }
meaning = Son cifras, no un veredicto. Lo que significan lo sabes mejor que cualquier recuento.
definition = Un agradecimiento a varias personas cuenta una vez por cada una. Los privados y los retirados no se cuentan.
too-few =
    { $count ->
        [one] Aún es poco para decir algo: un agradecimiento y { $people }. A partir de { $thanks } agradecimientos y { $least } personas hay una cifra.
       *[other] Aún es poco para decir algo: { $count } agradecimientos y { $people }. A partir de { $thanks } agradecimientos y { $least } personas hay una cifra.
    }
too-few-people =
    { $count ->
        [one] Aún es poco para decir algo: una persona. A partir de { $least } personas hay una cifra.
       *[other] Aún es poco para decir algo: { $count } personas. A partir de { $least } personas hay una cifra.
    }

received = Con qué equilibrio se recibe
    .spread =
        { $top ->
            [one] Gini { $gini } de 100, donde 0 es lo mismo para cada cual y 100 todo para una sola persona. Quien más recibió tiene el { $percent } %. De { $thanks } agradecimientos y { $people } personas que participaron.
           *[other] Gini { $gini } de 100, donde 0 es lo mismo para cada cual y 100 todo para una sola persona. Las { $top } personas que más recibieron tienen el { $percent } %. De { $thanks } agradecimientos y { $people } personas que participaron.
        }
given = Con qué equilibrio se agradece
    .spread =
        { $top ->
            [one] Gini { $gini } de 100. Quien más agradece dio el { $percent } %. De { $thanks } agradecimientos y { $people } personas que participaron.
           *[other] Gini { $gini } de 100. Las { $top } personas que más agradecen dieron el { $percent } %. De { $thanks } agradecimientos y { $people } personas que participaron.
        }
first-time = Por primera vez
    .share = El { $percent } % de quienes recibieron agradecimientos: { $part } de { $whole }.
newcomers = Gente nueva
    .share = El { $got } % de los agradecimientos fue para quienes llegaron en los últimos { $days } días; son el { $people } % de las personas. De { $thanks } agradecimientos y { $all } personas, { $some } de ellas nuevas.
moderators = Quienes moderan
    .share = Dieron el { $gave } % de los agradecimientos y recibieron el { $got } %; son el { $people } % de las personas. De { $thanks } agradecimientos y { $all } personas, { $some } de ellas moderan.
found = Personas que se agradecen muy a menudo
    .none = Nadie destaca, en { $count } agradecimientos.
    .some =
        { $count ->
            [one] Una pareja o un grupo se agradece más de lo que sugieren sus totales. Puede ser un equipo que trabaja codo con codo. { $where }
           *[other] { $count } parejas o grupos se agradecen más de lo que sugieren sus totales. Pueden ser equipos que trabajan codo con codo. { $where }
        }
    .follows = A continuación, quiénes son.
    .elsewhere = Quiénes son, /fairness se lo dice a solas a quien modera.
queue = Candidaturas que esperan una decisión
    .empty = No espera ninguna.
    .waiting =
        { $count ->
            [one] Una, desde el { $oldest }.
           *[other] { $count }: la primera desde el { $oldest }, y la mitad desde el { $middle } o antes.
        }

groups = Personas que se agradecen muy a menudo
    .about = Estas personas se agradecen más de lo que sugieren sus totales. Puede ser un equipo que trabaja codo con codo, o una amistad, o algo acordado: ningún recuento lo sabe. Pregunta antes de sacar conclusiones.
    .how = Qué cuenta: cada cual agradeció a la siguiente persona al menos { $times } veces en { $days } días, al menos el doble de lo que sugieren sus totales, y difícilmente por azar.
    .more =
        { $count ->
            [one] Hay otro, con menos indicios.
           *[other] Hay { $count } más, con menos indicios.
        }
group = { $number }. { $who }
    .rings =
        { $exact ->
            [least] Al menos { $count } círculos entre { $people } personas: { $times } agradecimientos, donde sus totales sugieren menos de { $below }.
           *[exact]
                { $count ->
                    [one] Un círculo entre { $people } personas: { $times } agradecimientos, donde sus totales sugieren menos de { $below }.
                   *[other] { $count } círculos entre { $people } personas: { $times } agradecimientos, donde sus totales sugieren menos de { $below }.
                }
        }
    .long = Un círculo de más de { $longest }, entre { $people } personas: { $times } agradecimientos, donde sus totales sugieren menos de { $below }.
ring =
    { $kind ->
        [pair] { $times }, en un sentido y en el otro, donde sus totales sugieren menos de { $below } en cada uno.
       *[ring] { $times }: cada cual agradece a la siguiente persona, y la última a la primera. Sus totales sugieren menos de { $below } cada vez.
    }
times =
    { $count ->
        [one] una vez
       *[other] { $count } veces
    }
somebody = alguien sin nombrar
others =
    { $count ->
        [one] una persona más
       *[other] { $count } personas más
    }
