# Reads what Maven has printed and prints, in at most 60 lines, what failed: tests of Java with the first line of their message,
# tests, types and style of the web client, then goals with their modules. Prints nothing where nothing did.

function shortened(text) {
    gsub(/━/, "", text)
    gsub(/[ \t]+/, " ", text)
    sub(/ $/, "", text)
    return length(text) > 240 ? substr(text, 1, 240) "..." : text
}

function note(text, message) {
    # Vitest repeats a name that several rows of a table have, and prints one message for all.
    if (text in seen) return text == names[failures] && messages[failures] == ""
    seen[text] = 1
    if (++failures > 20) return 0
    names[failures] = text
    messages[failures] = message
    return 1
}

# The next line that says something is the message of what was noted last; two more where it is only an exception's name.
function expects_message(expected) {
    missing = expected
    client = from_client
}

function take_message() {
    if ($0 ~ /^[ \t]*$/ || from_client != client) return
    if (!from_client && $0 ~ /^(\[(INFO|WARNING|ERROR|DEBUG)\]|[0-9]+-[0-9]+-[0-9]+ )/) return
    if ($0 ~ /^\tat /) { missing = 0; return }
    messages[failures] = messages[failures] " " $0
    missing = $0 ~ /^[A-Za-z0-9_.$]+(Error|Exception|Timeout|Failure): *$/ ? 2 : missing - 1
}

function goal_line(text) {
    if (text in seen) return
    seen[text] = 1
    if (++goals <= 18) goal[goals] = text
}

{
    gsub(/\033\[[0-9;]*m/, "")
    sub(/\r$/, "")
    from_client = sub(/^\[[A-Z]+\] \[io\.quarkiverse\.quinoa\.[A-Za-z.]*PackageManagerRunner\] ?/, "")
}

/^\[ERROR\] .* -- Time elapsed: .* <<< (FAILURE|ERROR)!$/ {
    sub(/^\[ERROR\] /, "")
    sub(/ -- Time elapsed: .*/, "")
    expects_message(note($0, ""))
    in_goal = 0
    next
}

from_client && /^ *FAIL +[^ ]/ {
    sub(/^ *FAIL +/, "")
    expects_message(note("web client: " $0, ""))
    next
}

from_client && (/error TS[0-9]+: / || /^[^ ]+\.[a-z]+(:[0-9]+)* .*━━━/) {
    note("web client: " $0, "")
    missing = 0
    next
}

missing > 0 { take_message() }

/^\[ERROR\] Failed to execute goal / {
    sub(/^\[ERROR\] Failed to execute goal /, "")
    sub(/ -> \[Help [0-9]+\]$/, "")
    of_formatter = /format violations/
    goal_line($0)
    in_goal = 8
    next
}

in_goal && /^\[ERROR\]/ {
    sub(/^\[ERROR\] ?/, "")
    if (/^-> \[Help/ || /^To see the full stack trace/ || /^After correcting/) { in_goal = 0; next }
    # Of the formatter the files, not how they should look; of Surefire neither its folders nor where in it.
    if (/^[ \t]*$/ || /^(See |Command was |\tat |[a-z.]*SurefireBooterForkException)/ || of_formatter && !/^    [^ ]/) next
    in_goal--
    goal_line("  " $0)
    next
}

END {
    for (i = 1; i <= failures && i <= 20; i++) {
        print "  " shortened(names[i])
        if (messages[i] != "") print "     " shortened(messages[i])
    }
    if (failures > 20) print "  ... and " failures - 20 " more failures"
    for (i = 1; i <= goals && i <= 18; i++) print "  " (goal[i] ~ /^  / ? "   " : "") shortened(goal[i])
    if (goals > 18) print "  ... and " goals - 18 " more lines of failed goals"
}
