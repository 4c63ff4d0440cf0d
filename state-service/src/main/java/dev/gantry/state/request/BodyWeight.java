package dev.gantry.state.request;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.state.codec.json.Bounds;

/** How many values a text brings, or a little more, without reading it. */
public final class BodyWeight {
    private BodyWeight() {}

    /** Never less than the values that the body brings, as far as these are allowed. */
    public static int of(ApiCall call) {
        byte[] body = call.body();
        String type = call.header("content-type");
        if (type.contains("protobuf")) {
            return Math.min(Bounds.MAX_VALUES, body.length / 2);
        }
        return type.contains("yaml") && hasAlias(body) ? Bounds.MAX_VALUES : of(body);
    }

    /** Of JSON, or of YAML without aliases. */
    public static int of(byte[] text) {
        int marks = 0;
        for (byte each : text) {
            marks +=
                    each == ',' || each == ':' || each == '[' || each == '{' || each == '\n'
                            ? 1
                            : 0;
        }
        return Math.min(marks, Bounds.MAX_VALUES);
    }

    private static boolean hasAlias(byte[] yaml) {
        for (byte each : yaml) {
            if (each == '*') {
                return true;
            }
        }
        return false;
    }
}
