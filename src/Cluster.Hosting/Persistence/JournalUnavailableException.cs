namespace SearchCluster.Hosting.Persistence;

/// <summary>The journal cannot be opened, read or written.</summary>
/// <param name="message">Subject, actual value, rule, next step.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : HostingException(message, inner);
