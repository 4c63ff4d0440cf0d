package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.flowcontrol.RequestClass;
import dev.gantry.gateway.shell.flowcontrol.Seat;
import java.util.Optional;

/**
 * What an admitted request holds beyond the moment in which it is known who answers it.
 *
 * <p>A seat is for what is computed. It is given back when an answer from elsewhere begins to come,
 * so that a client that reads slowly holds memory of its tier and no seat.
 *
 * @param seat empty where it was given back already, or there was none
 * @param atEnd called when the answer was sent, or its client left
 */
record Hold(Optional<RequestClass> flow, Optional<Seat> seat, Runnable atEnd) {
    static final Hold NOTHING = new Hold(Optional.empty(), Optional.empty(), () -> {});

    void begin() {
        seat.ifPresent(Seat::close);
    }

    void end() {
        begin();
        atEnd.run();
    }
}
