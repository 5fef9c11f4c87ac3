namespace SearchCluster.Hosting.Cluster;

/// <summary>A process cannot listen where it was told to.</summary>
/// <param name="message">Why, with a way out.</param>
public sealed class AddressException(string message) : HostingException(message);
