package dev.gantry.state.shell.webhook;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.log.WatchCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events whose objects a webhook converts before anybody sees them. */
record ConvertedEvents(WatchCursor cursor, ServedVersion version, WebhookConversions conversions)
        implements WatchCursor {
    @Override
    public List<LogEvent> poll(Duration limit) throws InterruptedException {
        List<LogEvent> events = cursor.poll(limit);
        List<StoredObject> objects = new ArrayList<>();
        for (LogEvent each : events) {
            objects.add(each.object());
            each.before().ifPresent(objects::add);
        }
        var converted = conversions.readRecent(version, objects).iterator();
        List<LogEvent> shown = new ArrayList<>(events.size());
        for (LogEvent each : events) {
            StoredObject object = converted.next();
            Optional<StoredObject> before = each.before().map(_ -> converted.next());
            shown.add(new LogEvent(each.revision(), each.type(), object, before));
        }
        return shown;
    }

    @Override
    public Revision position() {
        return cursor.position();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
