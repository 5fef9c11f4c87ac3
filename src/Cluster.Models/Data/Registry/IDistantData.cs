using SearchCluster.Artifacts.Data;

namespace SearchCluster.Models.Data.Registry;

/// <summary>Data sets by name that this machine's registry does not have, and another machine may have.</summary>
public interface IDistantData
{
    /// <summary>Brings a data set to this machine, unless it is here.</summary>
    /// <param name="name">As specs write it after <c>registered:</c>.</param>
    /// <param name="sha256">The content that is asked for; null for whatever has the name.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The data set, which stays here until it is disposed; null where nobody has one of the name.</returns>
    /// <exception cref="DataException">It cannot be brought; the message tells why.</exception>
    IPlacedData? Bring(string name, string? sha256, CancellationToken cancellation);
}

/// <summary>A data set of another machine that is on this one until it is disposed.</summary>
public interface IPlacedData : IDisposable
{
    /// <summary>The file or the folder.</summary>
    string Path { get; }

    /// <summary>As <see cref="RegisteredData"/> has it.</summary>
    string Sha256 { get; }

    /// <summary>How it is read; null to tell from its name and content.</summary>
    DataFormat? Format { get; }
}
