/** Tests of the alerts, dashboards and lists of metrics in {@code deploy/observability}. */
package uz.ksb.pos.observability;
