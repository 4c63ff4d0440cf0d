package dev.gantry.model.message;

/**
 * Header names of a change message: CloudEvents 1.0 in the Kafka protocol binding's binary mode,
 * with our own extension attributes. All values are UTF-8 text.
 */
public final class Headers {
    public static final String SPEC_VERSION = "ce_specversion";

    /** {@code <resource>/<revision>}: the same for a repeated message. */
    public static final String ID = "ce_id";

    public static final String SOURCE = "ce_source";

    /** {@code dev.gantry.change.added} and so on. */
    public static final String TYPE = "ce_type";

    public static final String TIME = "ce_time";

    public static final String REVISION = "ce_revision";

    public static final String PREVIOUS_REVISION = "ce_previousrevision";

    public static final String ACTOR = "ce_actor";

    private Headers() {}
}
