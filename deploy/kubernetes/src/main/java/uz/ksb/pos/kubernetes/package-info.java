/**
 * Checks the manifests without a cluster: they are rendered by {@code kubectl kustomize} and walked against the models of Kubernetes
 * and the schemas of the operators. Without kubectl, or without the schemas, the tests that need them are skipped.
 */
package uz.ksb.pos.kubernetes;
