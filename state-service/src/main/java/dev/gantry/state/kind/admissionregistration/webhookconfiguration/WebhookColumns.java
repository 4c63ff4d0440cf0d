package dev.gantry.state.kind.admissionregistration.webhookconfiguration;

import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;

/** Compat: the columns of {@code pkg/printers}. */
final class WebhookColumns {
    static final Printer PRINTER =
            PlainPrinter.of(
                    (object, row) -> row.add(object.path("webhooks").size()),
                    Column.number("Webhooks", "How many webhooks are configured here."));

    private WebhookColumns() {}
}
