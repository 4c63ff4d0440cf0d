package dev.gantry.state.shell.api.reply;

import dev.gantry.authorization.Verdicts;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** What the gateway's authorizers said about the call that a thread serves. */
public final class GatewayVerdicts {
    private static final ScopedValue<Verdicts> CURRENT = ScopedValue.newInstance();

    private GatewayVerdicts() {}

    /** Cost: a call without the header, as almost all are, pays for looking for it. */
    public static ApiReply told(ApiCall call, Supplier<ApiReply> serving) {
        String text = call.header(ApiCall.VERDICTS);
        return text.isEmpty()
                ? serving.get()
                : ScopedValue.where(CURRENT, Verdicts.of(text)).call(serving::get);
    }

    /** For another thread that works on the same call. */
    public static <T> Callable<T> carried(Callable<T> work) {
        if (!CURRENT.isBound()) {
            return work;
        }
        Verdicts verdicts = CURRENT.get();
        return () -> ScopedValue.where(CURRENT, verdicts).call(work::call);
    }

    public static Verdicts current() {
        return CURRENT.orElse(Verdicts.OF_ROLES);
    }
}
