/** A short working day of a few tills, for the training run: what the services do all day is done here in a minute. */
package uz.ksb.pos.local.training;
