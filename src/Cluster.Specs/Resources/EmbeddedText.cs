namespace SearchCluster.Specs.Resources;

/// <summary>Reads the text files that are part of this assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>Reads one file.</summary>
    /// <returns>Its text.</returns>
    /// <exception cref="InvalidOperationException">The assembly was built without it.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource {name}; it is listed in Cluster.Specs.csproj.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
