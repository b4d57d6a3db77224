package org.safeconduct.core.pass;

/** Why a checker cannot tell (spec/pass.md section 5.4): always a matter of this device, never of the pass. */
public enum Doubt {
    /** This device's clock is behind a time it has already seen. */
    CLOCK_BEHIND("The clock of this device is behind.", "Wait a moment, or use another door."),
    /** No such epoch line, and the register is 24 hours old or older. */
    REGISTER_OLD("This device has not fetched the register for a day.",
            "Wait while the register is fetched, or use another door."),
    /** There is no register on this device. */
    REGISTER_MISSING("This device has no register.", "Wait while this door is set up, or use another door.");

    private final String door;
    private final String holder;

    Doubt(String door, String holder) {
        this.door = door;
        this.holder = holder;
    }

    /** One English sentence for whoever stands at the door. */
    public String door() {
        return door;
    }

    /** The holder's next step, one English sentence. */
    public String holder() {
        return holder;
    }
}
