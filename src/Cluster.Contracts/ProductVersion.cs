using System.Reflection;

namespace SearchCluster.Contracts;

/// <summary>The version of the product; all processes of a cluster have the same.</summary>
public static class ProductVersion
{
    /// <summary>The version without build details, for example <c>0.1.0</c>.</summary>
    public static string Current { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "0.0.0";
}
