/** Shows how far a replay is: bars on a terminal, lines elsewhere. */
package uz.ksb.pos.local.replay.progress;
