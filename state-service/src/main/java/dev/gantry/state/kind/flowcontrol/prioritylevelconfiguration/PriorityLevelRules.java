package dev.gantry.state.kind.flowcontrol.prioritylevelconfiguration;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Rules;
import java.util.List;

/** Compat: {@code ValidatePriorityLevelConfigurationSpec}. */
final class PriorityLevelRules {
    private static final List<String> TYPES = List.of("Exempt", "Limited");
    private static final List<String> RESPONSES = List.of("Queue", "Reject");
    private static final int MOST_QUEUES = 10_000_000;
    private static final int MOST_ENTROPY_BITS = 60;
    private static final int WHOLE = 100;

    private PriorityLevelRules() {}

    static void check(String name, Field spec) {
        Field type = spec.child("type");
        Field exempt = spec.child("exempt");
        Field limited = spec.child("limited");
        if (name.equals(MandatoryLevels.EXEMPT) != type.text().equals("Exempt")) {
            type.invalidText(type.text(), "must be 'Exempt' if and only if `name` is 'exempt'");
        }
        switch (type.text()) {
            case "Exempt" -> {
                if (limited.isSet()) {
                    limited.forbidden("must be nil if the type is not Limited");
                }
                shares(exempt.child("nominalConcurrencyShares"));
                lendable(exempt.child("lendablePercent"));
            }
            case "Limited" -> {
                if (exempt.isSet()) {
                    exempt.forbidden("must be nil if the type is Limited");
                }
                if (limited.isSet()) {
                    limited(limited);
                } else {
                    limited.required("must not be empty when type is Limited");
                }
            }
            default -> type.notSupportedText(type.text(), TYPES);
        }
    }

    private static void limited(Field limited) {
        shares(limited.child("nominalConcurrencyShares"));
        response(limited.child("limitResponse"));
        lendable(limited.child("lendablePercent"));
        Field borrowing = limited.child("borrowingLimitPercent");
        if (borrowing.number() < 0) {
            borrowing.invalid("if specified, must be a non-negative integer");
        }
    }

    private static void shares(Field shares) {
        if (shares.number() < 0) {
            shares.invalid("must be a non-negative integer");
        }
    }

    private static void lendable(Field percent) {
        if (percent.number() < 0 || percent.number() > WHOLE) {
            percent.invalid(Rules.between(0, WHOLE));
        }
    }

    private static void response(Field response) {
        Field type = response.child("type");
        Field queuing = response.child("queuing");
        switch (type.text()) {
            case "Reject" -> {
                if (queuing.isSet()) {
                    queuing.forbidden("must be nil if limited.limitResponse.type is not Limited");
                }
            }
            case "Queue" -> {
                if (queuing.isSet()) {
                    queues(queuing);
                } else {
                    queuing.required("must not be empty if limited.limitResponse.type is Limited");
                }
            }
            default -> type.notSupportedText(type.text(), RESPONSES);
        }
    }

    private static void queues(Field queuing) {
        positive(queuing.child("queueLengthLimit"));
        Field queues = queuing.child("queues");
        if (positive(queues) && queues.number() > MOST_QUEUES) {
            queues.invalid("must not be greater than " + MOST_QUEUES);
        }
        Field hand = queuing.child("handSize");
        if (!positive(hand)) {
            return;
        }
        if (hand.number() > queues.number()) {
            hand.invalid("should not be greater than queues (%d)".formatted(queues.number()));
        } else if (entropyBits(queues.number(), hand.number()) > MOST_ENTROPY_BITS) {
            hand.invalid(
                    "required entropy bits of deckSize %d and handSize %d should not be greater than %d"
                            .formatted(queues.number(), hand.number(), MOST_ENTROPY_BITS));
        }
    }

    private static boolean positive(Field number) {
        if (number.number() <= 0) {
            number.invalidNumber("must be positive");
        }
        return number.number() > 0;
    }

    /** How many bits of a hash choose that many queues. */
    private static double entropyBits(long queues, long hand) {
        return Math.ceil(Math.log(queues) / Math.log(2) * hand);
    }
}
