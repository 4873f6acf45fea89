//! The two directions of a unix socket, each of which is woken for its own sake only.
//!
//! A stream of tokio is told of both directions at once: whenever the other side reads, this one is
//! woken to hear that it may write, which it nearly always may. Between link and executor that were
//! three wake-ups a step for nothing.

use std::{
    io::{self, Write as _},
    net::Shutdown,
    os::unix::net::UnixStream,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::{io::AsyncWrite, net::unix::pipe};

/// What the other side writes. A pipe's end is watched for one direction only, and read as a socket is.
pub(crate) type Reading = pipe::Receiver;

/// Takes a connection apart.
pub(crate) fn split(stream: tokio::net::UnixStream) -> io::Result<(Reading, Writing)> {
    let stream = stream.into_std()?;
    let reading = pipe::Receiver::from_owned_fd_unchecked(stream.try_clone()?.into())?;
    let writing = Writing { stream, room: None };
    Ok((reading, writing))
}

/// What the other side reads. Dropped, it says that nothing more comes.
pub(crate) struct Writing {
    stream: UnixStream,
    /// Watched only while the other side has not read what is there.
    room: Option<pipe::Sender>,
}

impl AsyncWrite for Writing {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(room) = &mut self.room {
            let written = ready!(Pin::new(room).poll_write(context, bytes));
            self.room = None;
            return Poll::Ready(written);
        }
        loop {
            match self.stream.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                written => return Poll::Ready(written),
            }
        }
        let room = self.stream.try_clone()?;
        self.room = Some(pipe::Sender::from_owned_fd_unchecked(room.into())?);
        self.poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.stream.shutdown(Shutdown::Write))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // The other side may be gone already.
        let _ = self.stream.shutdown(Shutdown::Write);
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    fn pair() -> ((Reading, Writing), (Reading, Writing)) {
        let (one, other) = tokio::net::UnixStream::pair().unwrap();
        (split(one).unwrap(), split(other).unwrap())
    }

    #[tokio::test]
    async fn more_than_the_socket_holds_arrives_in_order() {
        let ((_reading, mut writing), (mut reading, _writing)) = pair();
        let bytes: Vec<u8> = (0..4 * 1024 * 1024_u32)
            .map(|at| (at % 251) as u8)
            .collect();
        let mut read = vec![0; bytes.len()];

        let (written, filled) =
            tokio::join!(writing.write_all(&bytes), reading.read_exact(&mut read));

        assert!(written.is_ok() && filled.is_ok());
        assert!(read == bytes);
    }

    #[tokio::test]
    async fn the_end_of_writing_is_the_end_of_reading() {
        let ((_reading, writing), (mut reading, mut answering)) = pair();
        drop(writing);

        let mut rest = Vec::new();
        assert_eq!(reading.read_to_end(&mut rest).await.unwrap(), 0);
        assert!(answering.write_all(b"still heard").await.is_ok());
    }

    #[tokio::test]
    async fn what_comes_later_is_read_as_well() {
        let ((_reading, mut writing), (mut reading, _writing)) = pair();
        let mut read = [0; 64];
        for _ in 0..3 {
            writing.write_all(b"once more").await.unwrap();
            assert_eq!(reading.read(&mut read).await.unwrap(), 9);
        }
    }
}
