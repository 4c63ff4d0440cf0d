package dev.gantry.state.log;

class InMemoryStateLogTest implements StateLogContract {
    private final StateLog log = new InMemoryStateLog();

    @Override
    public StateLog log() {
        return log;
    }
}
