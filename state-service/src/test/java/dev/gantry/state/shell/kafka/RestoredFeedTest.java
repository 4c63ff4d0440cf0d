package dev.gantry.state.shell.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.Samples;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoredFeedTest {
    private static final long LAST = 1_000_000;

    private final ObjectEncoder encoder = new ObjectEncoder(BuiltinKinds.CATALOG);
    private final ChangeMessages messages = new ChangeMessages(encoder);
    private final RestoredFeed feed = new RestoredFeed(new Revision(LAST));

    @Test
    void endsWhatIsNotThereAndTellsWhatStandsUpToTheLastNumber() {
        feed.tells(told("lost", 70));
        feed.tells(told("kept", 71));
        feed.tells(told("removed", 72));
        feed.tells(messages.ended(Samples.configMap("removed"), new Revision(73)));
        feed.stands(object("kept", 40));
        feed.stands(object("removed", 41));
        assertThat(toldNow())
                .containsExactly(
                        "DELETED default/lost " + (LAST - 2),
                        "ADDED default/kept " + (LAST - 1),
                        "ADDED default/removed " + LAST);
        assertThat(feed.inTheWay()).isEmpty();
    }

    @Test
    void whatIsCommittedMeanwhileIsToldByTheLog() {
        feed.tells(told("changed", 70));
        feed.stands(object("changed", LAST + 1));
        assertThat(toldNow()).isEmpty();
    }

    @Test
    void numbersThatWereToldBeforeAreInTheWay() {
        feed.tells(told("lost", LAST - 2));
        feed.stands(object("kept", 40));
        assertThat(feed.inTheWay()).contains(new Revision(LAST + 1));
        feed.tells(told("lost", LAST + 500));
        assertThat(feed.inTheWay()).contains(new Revision(LAST + 500));
    }

    private List<String> toldNow() {
        List<String> found = new ArrayList<>();
        feed.forEach(
                messages,
                each -> {
                    assertThat(each.body() == null).isEqualTo(each.type() == Type.DELETED);
                    found.add(each.type() + " " + each.key().path() + " " + each.revision());
                });
        return found;
    }

    private ChangeMessage told(String name, long revision) {
        return messages.standing(object(name, revision), new Revision(revision));
    }

    private EncodedObject object(String name, long revision) {
        Resource made = Samples.configMapWith(name, "1");
        return encoder.encode(Samples.configMap(name), made).at(new Revision(revision));
    }
}
