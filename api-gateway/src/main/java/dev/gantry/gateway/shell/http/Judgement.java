package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.flowcontrol.RequestClass;

/** What is found out about a request before anything of its body is read. */
sealed interface Judgement {
    /** There is nothing more to it. */
    record Stopped(RequestResult result) implements Judgement {}

    /** It may be carried out. */
    record Admitted(RequestResult.Who who, String reason, RequestClass flow) implements Judgement {}
}
