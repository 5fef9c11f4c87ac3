namespace SearchCluster.Contracts.Configuration;

/// <summary>A class cannot be searched as a configuration.</summary>
/// <param name="message">Class and property, what is there, the rule, what to do.</param>
public sealed class ConfigurationException(string message) : SearchClusterException(message);
