/** A change of an entity and the events that tell of it, in one transaction of Hibernate Reactive. */
package uz.ksb.pos.settings.event;
