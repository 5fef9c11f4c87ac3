using Microsoft.Win32.SafeHandles;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Artifacts;

/// <summary>The way of one upload into a folder store: a rename.</summary>
/// <param name="target">Full path of the name that it gets.</param>
/// <param name="folder">Where it grows; on the same file system.</param>
/// <param name="held">The right to write; null for who needs none.</param>
/// <param name="request">What comes.</param>
internal sealed class FolderGoal(string target, string folder, FolderLease? held, UploadRequest request) : IUploadGoal
{
    public string Folder => folder;

    public bool IsSuperseded => held is { IsHeld: false };

    public Task GiveNameAsync(string file, SafeFileHandle content)
    {
        if (request.SurvivesPowerLoss)
        {
            RandomAccess.FlushToDisk(content);
        }

        if (IsSuperseded)
        {
            throw FolderWriter.Superseded(request.Lease!.Value);
        }

        try
        {
            // After the look at the lease: the folder of a search that was removed must not come back.
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target, overwrite: true);
        }
        catch (IOException failure) when (IsSuperseded)
        {
            throw FolderWriter.Superseded(request.Lease!.Value, failure);
        }

        return Task.CompletedTask;
    }
}
