package dev.gantry.state.webhook;

import tools.jackson.databind.JsonNode;

/** What became of a {@link WebhookCall}. */
public sealed interface WebhookAnswer {
    /** Some JSON; whether it answers the question is not yet known. */
    record Replied(JsonNode review) implements WebhookAnswer {}

    /**
     * @param why as the message to the client quotes it
     */
    record Failed(String why) implements WebhookAnswer {}

    /** The time of the whole request is up, whatever the webhook's own timeout is. */
    record OutOfTime() implements WebhookAnswer {}
}
