package dev.gantry.state.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ServiceRangesTest {
    private static final List<AddressRange> SETTINGS =
            List.of(AddressRange.parse("10.96.0.0/16"), AddressRange.parse("fd00::/112"));

    /** Name, state (r ready, n not, d being deleted, y young: nothing is said) and ranges. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    -                                                  | 10.96.0.0/16 fd00::/112
                    kubernetes r 10.96.0.0/16 fd00::/112               | 10.96.0.0/16 fd00::/112
                    kubernetes r 10.96.0.0/16                          | 10.96.0.0/16 fd00::/112
                    kubernetes y 10.96.0.0/16; b y 10.97.0.0/16        | 10.96.0.0/16 fd00::/112 10.97.0.0/16
                    a r 10.97.0.0/16; kubernetes r 10.96.0.0/16        | 10.96.0.0/16 fd00::/112 10.97.0.0/16
                    kubernetes d 10.96.0.0/16; b r 10.97.0.0/16        | 10.97.0.0/16
                    kubernetes r 10.96.0.0/16; b n 10.97.0.0/16        | 10.96.0.0/16 fd00::/112
                    kubernetes r 10.96.0.0/16; b d 10.97.0.0/16        | 10.96.0.0/16 fd00::/112
                    kubernetes r 10.96.0.0/16; b r 10.97.0.1/32        | 10.96.0.0/16 fd00::/112
                    """)
    void areThoseOfTheSettingsAndOfUsableServiceCidrs(String objects, String expected) {
        List<Resource> given =
                objects == null
                        ? List.of()
                        : Stream.of(objects.split("; ")).map(ServiceRangesTest::object).toList();
        assertThat(ServiceRanges.of(SETTINGS, given))
                .extracting(AddressRange::toString)
                .containsExactly(expected.split(" "));
    }

    private static Resource object(String words) {
        String[] word = words.split(" ");
        ObjectNode object = JsonMapper.shared().createObjectNode();
        ObjectNode metadata = object.putObject("metadata").put("name", word[0]);
        if (word[1].equals("d")) {
            metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
        }
        var ranges = object.putObject("spec").putArray("cidrs");
        Stream.of(word).skip(2).forEach(ranges::add);
        if (!word[1].equals("y")) {
            object.putObject("status")
                    .putArray("conditions")
                    .addObject()
                    .put("type", "Ready")
                    .put("status", word[1].equals("n") ? "False" : "True");
        }
        return new Resource(object);
    }
}
