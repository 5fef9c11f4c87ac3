using SearchCluster.Contracts;

namespace SearchCluster.Artifacts;

/// <summary>An artifact, a checkpoint or a model file cannot be used.</summary>
/// <param name="code">Stable code of the SC4xxx family.</param>
/// <param name="message">Subject, actual value, rule, next step; without the code.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class ArtifactException(string code, string message, Exception? innerException = null)
    : SearchClusterException(message, innerException)
{
    /// <summary>Stable code, for example <c>SC4004</c>.</summary>
    public string Code { get; } = code;
}
