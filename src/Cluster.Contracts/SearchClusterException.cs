namespace SearchCluster.Contracts;

/// <summary>Base of the product's own exceptions: an expected situation with a message that tells a person what to do.</summary>
/// <param name="message">Subject, actual value, rule, next step.</param>
/// <param name="innerException">The cause, or null.</param>
public abstract class SearchClusterException(string message, Exception? innerException = null) : Exception(message, innerException);
