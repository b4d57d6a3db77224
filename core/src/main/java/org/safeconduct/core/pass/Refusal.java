package org.safeconduct.core.pass;

/**
 * Why a showing is refused (spec/pass.md section 5.4). Each is about the code, never about the person: one sentence for
 * the door, one next step for the holder (P10). Screens translate by the name.
 */
public enum Refusal {
    /** Not parsed, or the proof does not verify. */
    NOT_A_PASS("This is not a valid pass.", "Open the wallet and show the code on its screen."),
    /** The answer to a question this checker does not ask. */
    OTHER_QUESTION("This code answers another question.", "Scan the code of this door, then show again."),
    /** Of a scheme this checker does not ask for. */
    OTHER_SCHEME("This pass is for something else.", "Choose the pass for this door."),
    /** Paper where none is taken. */
    PAPER_NOT_TAKEN("This door does not take paper.", "Show the pass on a phone, or ask at the office for another way in."),
    /** No such epoch in a fresh register. */
    UNKNOWN_EPOCH("This pass belongs to no period in the register.", "Fetch the pass again."),
    /** A value that its attribute does not have. */
    VALUE_NOT_ALLOWED("This code holds a value that does not exist.", "Fetch the pass again, or ask at the office."),
    /** Without the stamp that was asked for. */
    STAMP_MISSING("The stamp is missing.", "Scan the code of this door, then show again."),
    /** With a stamp that nobody asked for. */
    STAMP_UNASKED("This code carries a stamp that this door does not ask for.", "Show the pass again without a stamp."),
    /** Made too long ago. */
    CODE_EXPIRED("This code is too old.", "Show the code that is on the screen now."),
    /** Made for later. */
    CODE_EARLY("This code is for a later moment.", "Set the phone's clock, then show again."),
    /** The epoch has ended. */
    EPOCH_OVER("This pass has ended.", "Fetch the pass of the new period."),
    /** The epoch has not begun. */
    EPOCH_NOT_YET("This pass has not begun.", "Show the pass of today, or come back when this one begins."),
    /** The epoch was withdrawn. */
    EPOCH_STOPPED("This pass was withdrawn for everybody.", "Fetch the pass that replaces it."),
    /** The epoch's secret key is published. */
    EPOCH_CLOSED("This pass ended long ago.", "Fetch the pass of this period."),
    /** The office owes the key of an old epoch. */
    EPOCH_SUSPENDED("The office has not closed its old periods, so its new passes do not count.", "Ask at the office."),
    /** A spare epoch whose main one still runs. */
    EPOCH_SPARE("This pass is a spare that is not in use.", "Fetch the pass again."),
    /** The scheme's sunset has passed. */
    SCHEME_OVER("This scheme has ended.", "No pass of this scheme is needed any more; ask at the office what applies."),
    /** The scheme was withdrawn. */
    SCHEME_STOPPED("This scheme was withdrawn.", "Ask at the office what applies now."),
    /** The same bytes were accepted a moment ago. */
    CODE_SEEN("This code was read a moment ago.", "Show the next code; it changes every half minute."),
    /** The stamp stands in the stamp book. */
    ALREADY_USED("This right was already used.", "Ask at the office if this cannot be.");

    private final String door;
    private final String holder;

    Refusal(String door, String holder) {
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
