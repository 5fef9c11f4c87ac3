using SearchCluster.Contracts;

namespace SearchCluster.Models.Data;

/// <summary>A data set cannot be used as asked.</summary>
/// <param name="code">Stable code, for example <c>SC3004</c>.</param>
/// <param name="message">File:line:column, actual value, rule, next step; without the code.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class DataException(string code, string message, Exception? innerException = null)
    : SearchClusterException(message, innerException)
{
    /// <summary>Stable code of the SC3xxx family (SC4120 for columns that do not fit a model, SC1101 for other
    /// bytes than asked for).</summary>
    public string Code { get; } = code;
}
