package uz.ksb.pos.settings.pin;

/** An ADMIN gives a user a PIN. */
record GivenPin(@Pin String pin) {
    /** Without the PIN. */
    @Override
    public String toString() {
        return "given PIN";
    }
}
