package dev.gantry.state.kind.certificates.certificatesigningrequest;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.table.Age;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of certificatesigningrequests. */
public final class CertificateSigningRequestKind {
    private static final SubresourceRules APPROVAL =
            new SubresourceRules(
                    "approval",
                    CertificateSigningRequestStrategy::prepareToApprove,
                    CertificateSigningRequestStrategy::validateApproval);

    /** Compat: the columns of {@code pkg/printers}. */
    private static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            Column.AGE,
                            Column.text("SignerName", "The signer that is asked."),
                            Column.text("Requestor", "The user that asks."),
                            Column.text("RequestedDuration", "How long it shall be valid."),
                            Column.text("Condition", "What became of it.")),
                    CertificateSigningRequestKind::print);

    private CertificateSigningRequestKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.CERTIFICATE_SIGNING_REQUEST,
                        new CertificateSigningRequestStrategy(),
                        PRINTER)
                .named(List.of("csr"), List.of())
                .with(new Subresource.Stored(APPROVAL, Subresource.CHANGES));
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode spec = object.path("spec");
        row.name(object)
                .age(object)
                .addOr(Resource.text(spec, "signerName"), Texts.NONE)
                .add(Resource.text(spec, "username"))
                .add(duration(spec.path("expirationSeconds")))
                .add(condition(object.path("status")));
    }

    private static String duration(JsonNode seconds) {
        return seconds.isNumber() ? Age.human(Duration.ofSeconds(seconds.asLong(0))) : Texts.NONE;
    }

    private static String condition(JsonNode status) {
        List<String> types = Texts.all(status.path("conditions"), "/type");
        String decision =
                types.contains("Denied")
                        ? "Denied"
                        : types.contains("Approved") ? "Approved" : "Pending";
        return decision
                + (types.contains("Failed") ? ",Failed" : "")
                + (Resource.text(status, "certificate").isEmpty() ? "" : ",Issued");
    }
}
