namespace SearchCluster.Cli.Connection;

/// <summary>How a coordinator answers when it is asked whether it is ready.</summary>
internal enum CoordinatorAnswer
{
    /// <summary>It has recovered its searches.</summary>
    Ready,

    /// <summary>It answers, and is still recovering.</summary>
    NotReady,

    /// <summary>Nobody listens at the address: it starts or ends.</summary>
    Absent,

    /// <summary>It takes the connection and says nothing: it is frozen.</summary>
    Silent,
}
