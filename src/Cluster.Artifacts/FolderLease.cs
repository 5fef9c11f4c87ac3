using System.Globalization;

namespace SearchCluster.Artifacts;

/// <summary>The right of one attempt to write into a folder store: a folder named after its fence, in which it
/// prepares what it writes.</summary>
/// <remarks>
/// An artifact gets its name by a rename out of this folder. A later attempt moves the folder away when it
/// begins, so the rename of the earlier one fails, whenever it comes: also when its process was frozen between the last look and the
/// rename. No lock is held that a frozen process would keep. Each attempt first makes its folder and then looks at the others', so of two
/// that begin in the same moment at least one sees the other. The folder stays when the attempt ends: it is the
/// highest fence that was seen.
/// </remarks>
/// <param name="item">Folder of what is leased.</param>
/// <param name="fence">The lease's number.</param>
internal sealed class FolderLease(string item, long fence)
{
    // As items of members are written.
    private const string Members = "member-*";

    /// <summary>Where the attempt prepares what it writes.</summary>
    public string Folder { get; } = FolderOf(item, fence);

    /// <summary>True while the attempt may write.</summary>
    public bool IsHeld => Directory.Exists(Folder);

    /// <summary>The right of a lease, taken or not.</summary>
    /// <param name="leases">Folder of all leases of the search.</param>
    /// <param name="lease">Search, item, attempt and fence.</param>
    /// <returns>It tells whether it is held.</returns>
    public static FolderLease Of(string leases, LeaseKey lease) => new(Path.Combine(leases, lease.Item.ToString()), lease.Fence);

    /// <summary>Takes what is leased over from earlier attempts.</summary>
    /// <param name="leases">Folder of all leases of the search.</param>
    /// <param name="lease">Search, item, attempt and fence.</param>
    /// <returns>The right to write; null when a later attempt has it.</returns>
    public static FolderLease? Take(string leases, LeaseKey lease)
    {
        var own = Of(leases, lease);
        return own.TryTake() && MembersOf(leases, lease.Item).All(member => new FolderLease(member, lease.Fence).TryTake()) ? own : null;
    }

    /// <summary>First half: shows the fence to whoever begins from now on.</summary>
    internal bool TryAnnounce()
    {
        if (Fences().Any(other => other > fence))
        {
            return false;
        }

        Directory.CreateDirectory(Folder);
        return true;
    }

    /// <summary>Second half: gives way to a later attempt, or ends the earlier ones.</summary>
    internal bool TrySettle()
    {
        var others = Fences().Where(other => other != fence).ToList();
        if (others.Exists(other => other > fence))
        {
            Remove(Folder);
            return false;
        }

        others.ForEach(End);
        return IsHeld;
    }

    private bool TryTake() => TryAnnounce() && TrySettle();

    // An ensemble trains what members are missing, so whoever trained them before must be over.
    private static IEnumerable<string> MembersOf(string leases, WorkItem item) =>
        item == WorkItem.Ensemble ? Directory.EnumerateDirectories(leases, Members) : [];

    private static string FolderOf(string item, long fence) => Path.Combine(item, fence.ToString(CultureInfo.InvariantCulture));

    private static long? Number(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Moved first, in one step, and then deleted: what was in the middle of a write loses its place at once and as a whole.
    private void End(long earlier)
    {
        var ended = Path.Combine(Folder, earlier.ToString(CultureInfo.InvariantCulture));
        try
        {
            Directory.Move(FolderOf(item, earlier), ended);
        }
        catch (DirectoryNotFoundException)
        {
            // A third attempt ended it, or this one.
            return;
        }

        Remove(ended);
    }

    // What cannot be deleted now, for example because another machine has it open, is garbage only: the next attempt tries again.
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
        }
    }

    private IEnumerable<long> Fences()
    {
        try
        {
            return [.. Directory.EnumerateDirectories(item).Select(folder => Number(Path.GetFileName(folder))).OfType<long>()];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
