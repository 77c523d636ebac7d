export const id=5140;export const ids=[5140];export const modules={5140:((e,t,n)=>{n.d(t,{CallToolResultSchema:()=>r.c,ErrorCode:()=>r.I,McpError:()=>r.bt});var r=n(6944)})};
