package dev.gantry.client.controller;

import dev.gantry.model.meta.Resource;

/** What the API said to a query. */
public sealed interface ApiAnswer {
    record Found(Resource object) implements ApiAnswer {}

    /**
     * @param reason of its Status; empty where there was none
     */
    record Refused(int code, String reason, String message) implements ApiAnswer {}
}
