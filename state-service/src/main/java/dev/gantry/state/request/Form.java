package dev.gantry.state.request;

import dev.gantry.model.refusal.Judged;
import dev.gantry.state.codec.Encoding;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.codec.Transformation;
import java.util.Optional;

/** The form of the reply that the client accepts, as chosen. */
public record Form(Encoding encoding, Transformation as, String contentType, boolean isPretty) {
    public static Judged<Form> of(Call call, Negotiation.Offer offer) {
        Optional<String> pretty =
                call.query().has("pretty")
                        ? Optional.of(call.query().first("pretty"))
                        : Optional.empty();
        return of(
                call.accept(),
                call.schema().isBuiltin() ? offer : offer.withoutProtobuf(),
                offer != Negotiation.Offer.WATCHES
                        && Negotiation.isPretty(pretty, call.userAgent()));
    }

    public static Judged<Form> of(String accept, Negotiation.Offer offer, boolean isPretty) {
        return switch (Negotiation.choose(accept, offer)) {
            case Negotiation.Outcome.Refused(var why) -> Judged.refused(why);
            case Negotiation.Outcome.Chosen(var encoding, var as, var contentType) ->
                    Judged.of(new Form(encoding, as, contentType, isPretty));
        };
    }

    /** Whether stored bytes go out as they are. */
    public boolean isStoredForm() {
        return encoding == Encoding.JSON && as == Transformation.NONE && !isPretty;
    }

    /** Of a document that there is in this encoding only. */
    public Form untransformed() {
        return new Form(encoding, Transformation.NONE, contentType, isPretty);
    }
}
