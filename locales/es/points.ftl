# Puntos que quienes moderan corrigen a mano.

adjust =
    .title = Corrige puntos
    .help = Da puntos a alguien, o quítaselos, con un motivo que esa persona lee
    .member = De quién
    .member-hint = De cualquiera menos de ti
    .amount = Cuántos
    .amount-hint = Con un menos delante, se quitan
    .reason = Por qué
    .reason-hint = Esa persona lo lee
take-back =
    .title = Deshazlo

done = Hecho
done-give =
    { $count ->
        [one] { $member } tiene un punto más desde hoy.
       *[other] { $member } tiene { $count } puntos más desde hoy.
    }
done-take =
    { $count ->
        [one] { $member } tiene un punto menos desde hoy.
       *[other] { $member } tiene { $count } puntos menos desde hoy.
    }
reason = { $reason }
told = { $member } lo recibe por mensaje directo, con tu motivo. Que lo hiciste tú queda en la auditoría.
untold = { $member } no recibe mensajes de Laurel. Que lo hiciste tú queda en la auditoría.
undo = Deshazlo
undone = Ya no cuenta

# Lo que lee esa persona.
given = Te han dado puntos
    .body =
        { $count ->
            [one] Alguien del equipo de moderación te dio un punto en las clasificaciones. Este es el motivo:
           *[other] Alguien del equipo de moderación te dio { $count } puntos en las clasificaciones. Este es el motivo:
        }
taken = Te han quitado puntos
    .body =
        { $count ->
            [one] Alguien del equipo de moderación te quitó un punto en las clasificaciones. Este es el motivo:
           *[other] Alguien del equipo de moderación te quitó { $count } puntos en las clasificaciones. Este es el motivo:
        }
ask = Si lo ves de otra manera, pregunta al equipo de moderación.
back = Tus puntos están como antes
given-back =
    { $count ->
        [one] El punto que te dieron ya no cuenta.
       *[other] Los { $count } puntos que te dieron ya no cuentan.
    }
taken-back =
    { $count ->
        [one] El punto que te quitaron vuelve a ser tuyo.
       *[other] Los { $count } puntos que te quitaron vuelven a ser tuyos.
    }

refused-own = Tus propios puntos los corrige otra persona del equipo de moderación.
refused-bot = { $member } es un bot, y no aparece en ninguna clasificación.
refused-left = { $member } se ha ido, así que nada cambiaría.
refused-opted-out = { $member } prefiere no recibir reconocimientos aquí, así que no tiene puntos.
refused-nothing = Cero puntos no cambian nada. Di cuántos, con un menos delante si se quitan.
refused-again = Eso ya está hecho.
refused-gone = Aquí no existe tal cosa, o ya se deshizo.
